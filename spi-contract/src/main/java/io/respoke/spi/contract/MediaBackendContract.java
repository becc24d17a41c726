package io.respoke.spi.contract;

import static io.respoke.spi.contract.MediaPeer.done;
import static io.respoke.spi.contract.MediaPeer.reason;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.DirectConnection;
import io.respoke.MediaException.Reason;
import io.respoke.Tones;
import io.respoke.media.AudioFormat;
import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.media.MediaStats;
import io.respoke.media.VideoFormat;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.IceServer;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaConstraints.Direction;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaSession;
import io.respoke.spi.SessionDescription;
import io.respoke.spi.contract.MediaStage.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every backend that does media itself must do, with real media between two of its sessions.
 *
 * <p>Needs a network interface that is not loopback, which a network namespace can give. Every test
 * also fails when calls to a listener overlap, or come after the last.
 */
@Tag("media")
@Timeout(120)
public interface MediaBackendContract extends MediaSessionContract {
  private static MediaConstraints audio(Direction direction) {
    return new MediaConstraints(direction, Direction.NONE, false);
  }

  private static MediaConstraints calls() {
    return audio(Direction.SEND_RECEIVE);
  }

  private static MediaConstraints video() {
    return new MediaConstraints(Direction.SEND_RECEIVE, Direction.SEND_RECEIVE, false);
  }

  private static MediaDevices audio(AudioSource microphone, AudioSink speaker) {
    return new MediaDevices(
        Optional.of(microphone), Optional.of(speaker), Optional.empty(), Optional.empty());
  }

  private static MediaDevices hears(AudioSink speaker) {
    return new MediaDevices(
        Optional.empty(), Optional.of(speaker), Optional.empty(), Optional.empty());
  }

  private static MediaDevices says(AudioSource microphone) {
    return new MediaDevices(
        Optional.of(microphone), Optional.empty(), Optional.empty(), Optional.empty());
  }

  // Opening

  /** The name is fit for options, and the provider can be used here. */
  @Test
  default void mediaBackendHasANameAndIsAvailable() {
    String name = mediaBackendProvider().name();
    assertTrue(name.matches("[a-z0-9-]+"), name);
    assertTrue(mediaBackendProvider().isAvailable());
  }

  /** An ICE server that cannot be used is refused; the listener hears nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "stun",
        "stun:",
        "http://a.example",
        "stun:a b",
        "stun:a.example:0",
        "stun:a.example:65536",
        "stun:a.example?transport=udp",
        "turn:a.example?transport=carrier-pigeon",
        "stun:[::1",
        "turn:a.example",
        "stun:%s%s%n",
        "stun:a.example\0"
      })
  default void badIceServersAreRefused(String uri) {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      MediaPeer listener = new MediaPeer();
      IceServer server = new IceServer(List.of(uri), Optional.empty(), Optional.empty());
      assertEquals(
          Reason.BAD_ICE_SERVER,
          reason(
              stage
                  .backend()
                  .open(
                      stage.request(
                          MediaConstraints.dataOnly(), MediaDevices.none(), List.of(server)),
                      listener)));
      assertEquals(List.of(), listener.told());
    }
  }

  /** TURN needs both credentials, neither of them empty, and shows neither. */
  @ParameterizedTest
  @CsvSource({"'', secret", "joe, ''", "' ', secret"})
  default void turnNeedsCredentials(String username, String password) {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      IceServer server =
          new IceServer(List.of("turn:127.0.0.1:9"), Optional.of(username), Optional.of(password));
      assertEquals(
          Reason.BAD_ICE_SERVER,
          reason(
              stage
                  .backend()
                  .open(
                      stage.request(calls(), MediaDevices.none(), List.of(server)),
                      new MediaPeer())));
    }
  }

  /** Servers of every good form are taken, and that nobody answers there hinders nothing. */
  @Test
  default void goodIceServersAreTaken() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      List<IceServer> servers =
          List.of(
              new IceServer(
                  List.of("stun:127.0.0.1", "stun:127.0.0.1:9", "stuns:[::1]:9"),
                  Optional.empty(),
                  Optional.empty()),
              new IceServer(
                  List.of("turn:127.0.0.1:9?transport=udp", "turn:127.0.0.1:9?transport=tcp"),
                  Optional.of("joe"),
                  Optional.of("secret")));
      MediaPeer caller =
          MediaPeer.open(
              stage.backend(),
              stage.request(MediaConstraints.dataOnly(), MediaDevices.none(), servers));
      MediaPeer callee = stage.open(MediaConstraints.dataOnly(), MediaDevices.none());
      MediaPeer.introduce(caller, callee);
      caller.negotiateWith(callee);
      caller.await("open");
      callee.await("open");
      caller.session().close();
      caller.await("closed");
    }
  }

  // Data

  /** Text and bytes arrive as they were sent, in order, both ways. */
  @Test
  default void dataGoesBothWaysInOrder() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connectData();
      List<String> texts = new ArrayList<>(List.of("", "é 世界 😀", "\u0000", " "));
      IntStream.range(0, 200).forEach(i -> texts.add("number " + i));
      for (List<MediaPeer> way :
          List.of(List.of(pair.caller(), pair.callee()), List.of(pair.callee(), pair.caller()))) {
        MediaSession from = way.get(0).session();
        List<CompletionStage<Void>> sent = texts.stream().map(from::sendText).toList();
        byte[] bytes = {0, -1, 127, -128};
        CompletionStage<Void> sentBytes = from.sendBytes(bytes);
        Arrays.fill(bytes, (byte) 7);
        sent.forEach(MediaPeer::done);
        done(sentBytes);
        way.get(1).await("bytes 4");
        assertArrayEquals(new byte[] {0, -1, 127, -128}, way.get(1).bytes().get(0));
        assertEquals(
            texts,
            way.get(1).told().stream()
                .filter(call -> call.startsWith("text "))
                .map(call -> call.substring("text ".length()))
                .toList());
      }
    }
  }

  /** The largest message passes; a larger one is refused and harms nothing. */
  @Test
  default void messagesHaveALargestSize() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connectData();
      MediaSession caller = pair.caller().session();
      int max = DirectConnection.MAX_MESSAGE_BYTES;
      assertEquals(Reason.TOO_LARGE, reason(caller.sendBytes(new byte[max + 1])));
      assertEquals(Reason.TOO_LARGE, reason(caller.sendText("é".repeat(max / 2) + "x")));
      byte[] largest = new byte[max];
      largest[max - 1] = 42;
      done(caller.sendBytes(largest));
      done(caller.sendText("after"));
      pair.callee().await("text after");
      assertArrayEquals(largest, pair.callee().bytes().get(0));
    }
  }

  /** What waits has a bound; below it everything arrives, and what was refused does not. */
  @Test
  default void tooMuchDataIsRefusedUntilSomeHasLeft() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connectData();
      MediaSession caller = pair.caller().session();
      byte[] block = new byte[100_000];
      List<CompletionStage<Void>> accepted = new ArrayList<>();
      Reason refused = null;
      while (refused == null && accepted.size() < 100_000) {
        CompletionStage<Void> stageOfBlock = caller.sendBytes(block);
        if (stageOfBlock.toCompletableFuture().isCompletedExceptionally()) {
          refused = reason(stageOfBlock);
        } else {
          accepted.add(stageOfBlock);
        }
      }
      assertEquals(Reason.BACK_PRESSURE, refused);
      assertTrue(caller.bufferedAmount() > 0);
      accepted.forEach(MediaPeer::done);
      done(caller.sendText("end"));
      pair.callee().await("text end");
      assertEquals(0, caller.bufferedAmount());
      assertEquals(accepted.size(), pair.callee().count("bytes 100000"));
    }
  }

  /** Nothing can be sent before the channel is open, nor after the other side closed it. */
  @Test
  default void dataNeedsAnOpenChannel() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      MediaPeer alone = stage.open(MediaConstraints.dataOnly(), MediaDevices.none());
      assertEquals(Reason.WRONG_STATE, reason(alone.session().sendText("early")));
      Pair pair = stage.connectData();
      pair.callee().session().close();
      pair.caller().await("channel closed");
      assertEquals(Reason.WRONG_STATE, reason(pair.caller().session().sendText("late")));
      assertEquals(1, pair.caller().count("channel closed"));
    }
  }

  // Audio

  /** What one side says the other hears, both ways at once. */
  @Test
  default void audioGoesBothWays() {
    ToneMeter caller = new ToneMeter();
    ToneMeter callee = new ToneMeter();
    ToneSource low = new ToneSource(440);
    ToneSource high = new ToneSource(1000);
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connect(calls(), audio(low, caller), audio(high, callee));
      callee.awaitTone(440);
      caller.awaitTone(1000);
      assertEquals(1, pair.caller().count("media AUDIO"));
      assertEquals(1, pair.callee().count("media AUDIO"));
      assertEquals(0, pair.callee().count("media VIDEO"));
    }
    caller.awaitClosed();
    callee.awaitClosed();
    assertEquals("", caller.violation() + callee.violation());
    assertEquals(1, low.timesClosed());
    assertEquals(1, high.timesClosed());
  }

  /** Audio of every rate arrives at its pitch. */
  @ParameterizedTest
  @CsvSource({"8000, 1", "16000, 2", "32000, 1", "44100, 2", "48000, 2"})
  default void audioOfEveryRateArrives(int rate, int channels) {
    ToneMeter meter = new ToneMeter();
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      stage.connect(
          calls(), says(new ToneSource(new AudioFormat(rate, channels), 440)), hears(meter));
      meter.awaitTone(440);
    }
    assertEquals("", meter.violation());
  }

  /** Telephony's codec works too. */
  @Test
  default void audioWorksInPcmu() {
    ToneMeter meter = new ToneMeter();
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.pair(calls(), says(new ToneSource(440)), hears(meter));
      SessionDescription offer = done(pair.caller().session().createOffer());
      SessionDescription pcmu =
          new SessionDescription(
              SessionDescription.Type.OFFER,
              offer
                  .sdp()
                  .replaceFirst("(m=audio \\d+ \\S+) [\\d ]+", "$1 0")
                  .replaceAll("a=(rtpmap|fmtp|rtcp-fb):[1-9]\\d* .*\r\n", ""));
      done(pair.callee().session().setRemoteDescription(pcmu));
      SessionDescription answer = done(pair.callee().session().createAnswer());
      assertTrue(answer.sdp().contains("SAVPF 0\r\n"), answer.sdp());
      done(pair.caller().session().setRemoteDescription(answer));
      meter.awaitTone(440);
      assertEquals("PCMU", remoteAudio(pair.callee()).codec());
    }
    assertEquals("", meter.violation());
  }

  private static MediaStats.Stream remoteAudio(MediaPeer peer) {
    return done(peer.session().statistics()).remoteAudio().orElseThrow();
  }

  /** Muted, the other side hears silence, or nothing of it is heard here; and it can be undone. */
  @ParameterizedTest
  @EnumSource(MediaFlow.class)
  default void muteIsSilence(MediaFlow flow) {
    ToneMeter meter = new ToneMeter();
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connect(calls(), says(new ToneSource(440)), hears(meter));
      MediaPeer muting = flow == MediaFlow.OUTGOING ? pair.caller() : pair.callee();
      meter.awaitTone(440);
      done(muting.session().setMuted(MediaKind.AUDIO, flow, true));
      meter.awaitSilence();
      done(muting.session().setMuted(MediaKind.AUDIO, flow, false));
      meter.awaitTone(440);
    }
  }

  /** Without a microphone silence is sent, so that the other side hears it. */
  @Test
  default void withoutAMicrophoneSilenceIsSent() {
    ToneMeter meter = new ToneMeter();
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      stage.connect(calls(), MediaDevices.none(), hears(meter));
      meter.awaitSilence();
    }
  }

  /** A sink that blocks stalls nobody else, not even the same session's closing. */
  @Test
  default void aBlockedSinkStallsNobody() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ToneMeter free = new ToneMeter();
    AudioSink blocking =
        frame -> {
          blocked.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      stage.connect(calls(), says(new ToneSource(440)), hears(blocking));
      blocked.await();
      stage.connect(calls(), says(new ToneSource(1000)), hears(free));
      free.awaitTone(1000);
    } finally {
      release.countDown();
    }
  }

  /** A source or a sink that throws is told once and left out; the session goes on. */
  @Test
  default void aDeviceThatThrowsIsLeftOut() {
    ToneMeter meter = new ToneMeter();
    AudioSource broken =
        new AudioSource() {
          @Override
          public AudioFormat format() {
            return AudioFormat.MONO_48K;
          }

          @Override
          public boolean read(short[] samples) {
            throw new IllegalStateException("broken microphone");
          }
        };
    AudioSink brokenToo =
        frame -> {
          throw new IllegalStateException("broken speaker");
        };
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connect(calls(), audio(broken, brokenToo), hears(meter));
      pair.caller().awaitCount("device failed", 2);
      meter.awaitSilence();
      assertEquals(
          List.of("broken microphone", "broken speaker"),
          pair.caller().failures().stream().map(Throwable::getMessage).sorted().toList());
    }
  }

  /** A listener that throws ends nothing. */
  @Test
  default void aListenerThatThrowsHarmsNothing() {
    ToneMeter meter = new ToneMeter();
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      MediaConstraints both = new MediaConstraints(Direction.SEND_RECEIVE, Direction.NONE, true);
      Pair pair = stage.pair(both, says(new ToneSource(440)), hears(meter));
      pair.caller().throwAlways();
      pair.callee().throwAlways();
      pair.negotiate();
      pair.callee().await("open");
      done(pair.callee().session().sendText("still here"));
      pair.caller().await("text still here");
      meter.awaitTone(440);
    }
  }

  // Video

  /** Pictures arrive, in order and whole. */
  @Test
  default void videoArrives() {
    NumberedPictures.Camera camera = new NumberedPictures.Camera(new VideoFormat(640, 480, 30));
    NumberedPictures.Display display = new NumberedPictures.Display();
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair =
          stage.connect(
              video(),
              new MediaDevices(
                  Optional.empty(), Optional.empty(), Optional.of(camera), Optional.empty()),
              new MediaDevices(
                  Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(display)));
      pair.callee().await("media VIDEO");
      display.awaitMore(30);
      done(pair.caller().session().setMuted(MediaKind.VIDEO, MediaFlow.OUTGOING, true));
      done(pair.caller().session().setMuted(MediaKind.VIDEO, MediaFlow.OUTGOING, false));
      display.awaitMore(10);
      assertTrue(done(pair.caller().session().statistics()).localVideo().isPresent());
    }
    display.awaitClosed();
    assertEquals("", display.violation());
    assertEquals(1, display.timesClosed());
    assertEquals(1, camera.timesClosed());
  }

  // Tones

  /** Each tone played is told, and then the end; no others can be played meanwhile. */
  @Test
  default void tonesArePlayedOneByOne() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connect(calls(), MediaDevices.none(), MediaDevices.none());
      MediaPeer caller = pair.caller();
      done(caller.session().sendTones(Tones.of("15#")));
      assertEquals(Reason.WRONG_STATE, reason(caller.session().sendTones(Tones.of("2"))));
      caller.await("tone ");
      assertEquals(
          List.of("tone 1", "tone 5", "tone #", "tone "),
          caller.told().stream().filter(call -> call.startsWith("tone")).toList());
      done(caller.session().sendTones(Tones.of("2")));
      caller.await("tone 2");
    }
  }

  /** Cancelled tones are given back. */
  @Test
  default void tonesCanBeCancelled() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connect(calls(), MediaDevices.none(), MediaDevices.none());
      MediaSession caller = pair.caller().session();
      assertEquals("", done(caller.cancelTones()));
      done(caller.sendTones(new Tones("1234", Duration.ofSeconds(6), Duration.ofMillis(50))));
      pair.caller().await("tone 1");
      assertEquals("234", done(caller.cancelTones()));
      assertEquals("", done(caller.cancelTones()));
      done(caller.sendTones(Tones.of("9")));
      pair.caller().await("tone 9");
      assertEquals(0, pair.caller().count("tone 2"));
    }
  }

  /** Where no audio is sent, no tones can be. */
  @Test
  default void tonesNeedAudio() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connectData();
      assertEquals(Reason.UNSUPPORTED, reason(pair.caller().session().sendTones(Tones.of("1"))));
      MediaPeer fresh = stage.open(calls(), MediaDevices.none());
      assertEquals(Reason.UNSUPPORTED, reason(fresh.session().sendTones(Tones.of("1"))));
    }
  }

  // Statistics

  /** Figures grow, and those of a period are differences. */
  @Test
  default void statisticsShowPathAndStreams() {
    ToneMeter meter = new ToneMeter();
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connect(calls(), says(new ToneSource(440)), hears(meter));
      meter.awaitTone(440);
      MediaStats first = done(pair.caller().session().statistics());
      meter.awaitFrames(50);
      MediaStats second = done(pair.caller().session().statistics());
      assertEquals(Duration.ZERO, first.period());
      assertFalse(second.period().isNegative() || second.period().isZero());
      MediaStats.Path path = second.connection().orElseThrow();
      assertTrue(path.localHost().matches(".+:\\d+"), path.toString());
      assertTrue(path.remoteHost().matches(".+:\\d+"), path.toString());
      assertTrue(List.of("host", "prflx").contains(path.localPath()), path.toString());
      assertEquals("udp", path.transport());
      MediaStats.Stream sent = second.localAudio().orElseThrow();
      assertEquals("opus", sent.codec());
      assertTrue(sent.periodPackets() > 0 && sent.periodBytes() > 0, sent.toString());
      assertEquals(
          sent.totalPackets() - first.localAudio().orElseThrow().totalPackets(),
          sent.periodPackets());
      assertTrue(remoteAudio(pair.callee()).totalPackets() > 0);
      assertEquals(Optional.empty(), second.localVideo());
    }
  }

  // Descriptions

  /** All tracks belong to one stream; no candidates are inside, and each that follows is whole. */
  @Test
  default void descriptionsAreAsRespokeNeedsThem() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      MediaConstraints all =
          new MediaConstraints(Direction.SEND_RECEIVE, Direction.SEND_RECEIVE, true);
      Pair pair = stage.pair(all, MediaDevices.none(), MediaDevices.none());
      SessionDescription offer = done(pair.caller().session().createOffer());
      done(pair.callee().session().setRemoteDescription(offer));
      SessionDescription answer = done(pair.callee().session().createAnswer());
      done(pair.caller().session().setRemoteDescription(answer));
      assertEquals(SessionDescription.Type.OFFER, offer.type());
      assertEquals(SessionDescription.Type.ANSWER, answer.type());
      assertEquals(List.of("respoke-session-1", "respoke-session-1"), streams(offer));
      assertEquals(List.of("respoke-session-2", "respoke-session-2"), streams(answer));
      assertTrue(offer.sdp().contains("m=application"), offer.sdp());
      for (MediaPeer peer : List.of(pair.caller(), pair.callee())) {
        peer.await("gathered");
        assertFalse(peer.candidates().isEmpty());
        for (IceCandidate candidate : peer.candidates()) {
          assertTrue(candidate.candidate().startsWith("candidate:"), candidate.toString());
          assertFalse(candidate.sdpMid().isEmpty());
          assertTrue(candidate.sdpMLineIndex() >= 0);
        }
      }
      assertFalse((offer.sdp() + answer.sdp()).contains("a=candidate"));
    }
  }

  private static List<String> streams(SessionDescription description) {
    return Pattern.compile("a=msid:(\\S+) ")
        .matcher(description.sdp())
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  /** A session id that is not fit for a description does not break it. */
  @Test
  default void anySessionIdIsTaken() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      MediaPeer odd =
          MediaPeer.open(
              stage.backend(),
              new io.respoke.spi.MediaRequest(
                  "a b\r\na=sendonly " + "x".repeat(200),
                  calls(),
                  MediaDevices.none(),
                  List.of(),
                  false,
                  Optional.empty()));
      String sdp = done(odd.session().createOffer()).sdp();
      assertFalse(sdp.contains("a=sendonly"), sdp);
      odd.session().close();
      odd.await("closed");
    }
  }

  /** Offers say which way media is wanted. */
  @ParameterizedTest
  @CsvSource({"SEND_RECEIVE, sendrecv", "SEND_ONLY, sendonly", "RECEIVE_ONLY, recvonly"})
  default void offersSayTheDirection(Direction direction, String attribute) {
    ToneMeter caller = new ToneMeter();
    ToneMeter callee = new ToneMeter();
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      MediaPeer offerer = stage.open(audio(direction), audio(new ToneSource(440), caller));
      MediaPeer answerer = stage.open(calls(), audio(new ToneSource(1000), callee));
      MediaPeer.introduce(offerer, answerer);
      String offer = done(offerer.session().createOffer()).sdp();
      assertTrue(offer.contains("a=" + attribute + "\r\n"), offer);
      done(
          answerer
              .session()
              .setRemoteDescription(new SessionDescription(SessionDescription.Type.OFFER, offer)));
      done(offerer.session().setRemoteDescription(done(answerer.session().createAnswer())));
      if (direction.sends()) {
        callee.awaitTone(440);
      }
      if (direction.receives()) {
        caller.awaitTone(1000);
      }
      assertEquals(direction.sends() ? 1 : 0, answerer.count("media AUDIO"));
      assertEquals(direction.receives() ? 1 : 0, offerer.count("media AUDIO"));
    }
  }

  /** An answer allows no more than this side wants. */
  @Test
  default void answersCarryWhatIsWanted() {
    ToneMeter caller = new ToneMeter();
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      MediaPeer offerer = stage.open(video(), hears(caller));
      MediaPeer answerer = stage.open(audio(Direction.SEND_ONLY), says(new ToneSource(440)));
      MediaPeer.introduce(offerer, answerer);
      offerer.negotiateWith(answerer);
      caller.awaitTone(440);
      assertEquals(0, answerer.count("media AUDIO"));
      assertEquals(0, offerer.count("media VIDEO"));
    }
  }

  /** A bad description is refused with a type, and a good one is taken after it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "v=0\r\n", "v=0\r\ngarbage", "%s%s%n", "v=0\0"})
  default void badDescriptionsAreRefused(String sdp) {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.pair(MediaConstraints.dataOnly(), MediaDevices.none(), MediaDevices.none());
      MediaSession callee = pair.callee().session();
      MediaSession caller = pair.caller().session();
      assertEquals(
          Reason.BAD_DESCRIPTION,
          reason(
              callee.setRemoteDescription(
                  new SessionDescription(SessionDescription.Type.ANSWER, sdp))));
      SessionDescription offer = done(caller.createOffer());
      if (!sdp.equals("v=0\r\n")) {
        assertEquals(
            Reason.BAD_DESCRIPTION,
            reason(
                callee.setRemoteDescription(
                    new SessionDescription(SessionDescription.Type.OFFER, sdp))));
        assertEquals(
            Reason.BAD_DESCRIPTION,
            reason(
                caller.setRemoteDescription(
                    new SessionDescription(SessionDescription.Type.ANSWER, sdp))));
      }
      assertEquals(Reason.BAD_DESCRIPTION, reason(caller.setRemoteDescription(offer)));
      done(callee.setRemoteDescription(offer));
      done(caller.setRemoteDescription(done(callee.createAnswer())));
      pair.caller().await("open");
    }
  }

  /** Operations that do not fit the state say so. */
  @Test
  default void operationsNeedTheirState() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.pair(calls(), MediaDevices.none(), MediaDevices.none());
      MediaSession caller = pair.caller().session();
      assertEquals(Reason.WRONG_STATE, reason(caller.createAnswer()));
      done(caller.rollback());
      done(caller.createOffer());
      assertEquals(Reason.WRONG_STATE, reason(caller.createOffer()));
      assertEquals(Reason.WRONG_STATE, reason(caller.createAnswer()));
    }
  }

  /** Operations are carried out in the order of their calls, without waiting for each other. */
  @Test
  default void operationsKeepTheirOrder() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.pair(calls(), MediaDevices.none(), MediaDevices.none());
      MediaSession caller = pair.caller().session();
      CompletionStage<SessionDescription> first = caller.createOffer();
      CompletionStage<Void> back = caller.rollback();
      CompletionStage<SessionDescription> second = caller.createOffer();
      done(first);
      done(back);
      done(pair.callee().session().setRemoteDescription(done(second)));
      done(caller.setRemoteDescription(done(pair.callee().session().createAnswer())));
      pair.caller().await("connected");
    }
  }

  // Candidates

  /** Bad candidates are refused with a type; early ones are kept; the empty one is no error. */
  @Test
  default void candidatesAreChecked() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      MediaPeer caller = stage.open(MediaConstraints.dataOnly(), MediaDevices.none());
      MediaPeer callee = stage.open(MediaConstraints.dataOnly(), MediaDevices.none());
      String good = "candidate:1 1 udp 2122260223 127.0.0.1 9 typ host";
      for (String bad :
          List.of("garbage", "candidate:", good.replace("udp 2", "udp x"), good + "\r\na=x")) {
        assertEquals(
            Reason.BAD_CANDIDATE,
            reason(callee.session().addIceCandidate(new IceCandidate(bad, "0", 0))),
            bad);
      }
      SessionDescription offer = done(caller.session().createOffer());
      caller.await("gathered");
      for (IceCandidate candidate : caller.candidates()) {
        done(
            callee
                .session()
                .addIceCandidate(
                    new IceCandidate("a=" + candidate.candidate(), "", candidate.sdpMLineIndex())));
      }
      done(callee.session().addIceCandidate(new IceCandidate("", "0", 0)));
      done(callee.session().setRemoteDescription(offer));
      assertEquals(
          Reason.BAD_CANDIDATE,
          reason(callee.session().addIceCandidate(new IceCandidate(good, "nowhere", 0))));
      assertEquals(
          Reason.BAD_CANDIDATE,
          reason(callee.session().addIceCandidate(new IceCandidate(good, "", 7))));
      done(caller.session().setRemoteDescription(done(callee.session().createAnswer())));
      MediaPeer.introduce(callee, caller);
      caller.await("open");
      callee.await("open");
    }
  }

  // Renegotiation

  /** Media comes and goes in a session that stays, and is told each time it begins and ends. */
  @Test
  default void mediaCanBeAddedAndTakenAway() {
    ToneMeter caller = new ToneMeter();
    ToneMeter callee = new ToneMeter();
    ToneSource low = new ToneSource(440);
    ToneSource high = new ToneSource(1000);
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connectData();
      MediaConstraints talk = new MediaConstraints(Direction.SEND_RECEIVE, Direction.NONE, true);
      done(pair.caller().session().change(talk, audio(low, caller)));
      done(pair.callee().session().change(talk, audio(high, callee)));
      pair.negotiate();
      callee.awaitTone(440);
      caller.awaitTone(1000);
      // The other side may ask too.
      pair.callee().negotiateWith(pair.caller());
      callee.awaitTone(440);
      done(pair.caller().session().change(MediaConstraints.dataOnly(), MediaDevices.none()));
      pair.negotiate();
      pair.caller().await("no media AUDIO");
      pair.callee().await("no media AUDIO");
      caller.awaitClosed();
      assertEquals(1, low.timesClosed());
      ToneMeter again = new ToneMeter();
      done(pair.caller().session().change(talk, hears(again)));
      pair.negotiate();
      again.awaitTone(1000);
      assertEquals(2, pair.caller().count("media AUDIO"));
      done(pair.caller().session().sendText("still open"));
      pair.callee().await("text still open");
      assertEquals(1, pair.callee().count("open"));
    }
    assertEquals("", caller.violation() + callee.violation());
  }

  /** Video joins a call. */
  @Test
  default void videoCanJoin() {
    NumberedPictures.Display display = new NumberedPictures.Display();
    NumberedPictures.Camera camera = new NumberedPictures.Camera(new VideoFormat(320, 240, 15));
    ToneMeter meter = new ToneMeter();
    ToneSource tone = new ToneSource(440);
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connect(calls(), says(tone), hears(meter));
      meter.awaitTone(440);
      done(
          pair.callee()
              .session()
              .change(
                  video(),
                  new MediaDevices(
                      Optional.empty(),
                      Optional.of(meter),
                      Optional.empty(),
                      Optional.of(display))));
      done(
          pair.caller()
              .session()
              .change(
                  video(),
                  new MediaDevices(
                      Optional.of(tone), Optional.empty(), Optional.of(camera), Optional.empty())));
      pair.negotiate();
      display.awaitMore(10);
      meter.awaitTone(440);
      pair.caller().awaitCount("gathered", 2);
      assertFalse(tone.isClosed());
    }
    assertEquals("", display.violation() + meter.violation());
  }

  /** An offer that is taken back leaves a call that talks on, and either side can offer next. */
  @Test
  default void anOfferCanBeTakenBack() {
    ToneMeter meter = new ToneMeter();
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connect(calls(), says(new ToneSource(440)), hears(meter));
      meter.awaitTone(440);
      done(pair.caller().session().change(video(), says(new ToneSource(440))));
      done(pair.caller().session().createOffer());
      done(pair.caller().session().rollback());
      done(pair.caller().session().rollback());
      meter.awaitFrames(60);
      meter.awaitTone(440);
      pair.callee().negotiateWith(pair.caller());
      meter.awaitTone(440);
      done(pair.callee().session().change(video(), hears(meter)));
      pair.negotiate();
      pair.callee().await("media VIDEO");
      meter.awaitTone(440);
      assertEquals(1, pair.callee().count("media AUDIO"));
      assertEquals(0, pair.callee().count("no media AUDIO"));
    }
  }

  // Isolation

  /**
   * Whatever one session is given or does: it says so with a type, and another one's audio goes on.
   */
  @Test
  @Timeout(300)
  default void othersDoNotNoticeBadInput() {
    ToneMeter bystander = new ToneMeter();
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair call = stage.connect(calls(), says(new ToneSource(440)), hears(bystander));
      bystander.awaitTone(440);
      assertAll(
          Arrays.stream(BadInput.values())
              .map(
                  input ->
                      () -> {
                        try {
                          input.giveTo(stage);
                          bystander.awaitFrames(30);
                          bystander.awaitTone(440);
                        } catch (Throwable e) {
                          throw new AssertionError(input + ": " + e, e);
                        }
                      }));
      assertEquals(List.of(), call.callee().failures());
      assertEquals(0, call.callee().count("interrupted"));
    }
    assertEquals("", bystander.violation());
  }

  // Closing

  /** Where a session is when it is closed. */
  enum ClosedWhile {
    /** Nothing has happened. */
    FRESH,
    /** An offer is being made. */
    OFFERING,
    /** It has offered. */
    OFFERED,
    /** It has been offered something. */
    RECEIVED,
    /** It is connecting. */
    CONNECTING,
    /** It is connected. */
    CONNECTED
  }

  /**
   * In every state: what runs fails or ends, later operations fail, the devices are closed once and
   * {@code onClosed} is the last call.
   */
  @ParameterizedTest
  @EnumSource(ClosedWhile.class)
  default void canBeClosedInEveryState(ClosedWhile when) {
    ToneSource source = new ToneSource(440);
    ToneMeter sink = new ToneMeter();
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      MediaConstraints both = new MediaConstraints(Direction.SEND_RECEIVE, Direction.NONE, true);
      MediaPeer closing = stage.open(both, audio(source, sink));
      MediaPeer other = stage.open(both, MediaDevices.none());
      MediaPeer.introduce(closing, other);
      CompletionStage<?> running = null;
      switch (when) {
        case FRESH -> {}
        case OFFERING -> running = closing.session().createOffer();
        case OFFERED -> done(closing.session().createOffer());
        case RECEIVED ->
            done(closing.session().setRemoteDescription(done(other.session().createOffer())));
        case CONNECTING -> closing.negotiateWith(other);
        case CONNECTED -> {
          closing.negotiateWith(other);
          closing.await("open");
          running = closing.session().statistics();
        }
      }
      MediaSession session = closing.session();
      session.close();
      session.close();
      closing.await("closed");
      if (running != null) {
        assertTrue(
            running
                .handle((value, failure) -> true)
                .toCompletableFuture()
                .completeOnTimeout(false, 20, java.util.concurrent.TimeUnit.SECONDS)
                .join());
      }
      for (CompletionStage<?> late :
          List.of(
              session.createOffer(),
              session.createAnswer(),
              session.setRemoteDescription(
                  new SessionDescription(SessionDescription.Type.OFFER, "v=0")),
              session.rollback(),
              session.addIceCandidate(new IceCandidate("", "", 0)),
              session.change(both, MediaDevices.none()),
              session.setMuted(MediaKind.AUDIO, MediaFlow.OUTGOING, true),
              session.sendTones(Tones.of("1")),
              session.cancelTones(),
              session.statistics(),
              session.sendText("late"),
              session.sendBytes(new byte[1]))) {
        assertEquals(Reason.CLOSED, reason(late));
      }
      sink.awaitClosed();
      assertEquals(0, session.bufferedAmount());
      assertEquals("closed", closing.told().get(closing.told().size() - 1));
    }
    assertEquals(1, source.timesClosed());
    assertEquals(1, sink.timesClosed());
    assertEquals("", sink.violation());
  }

  /** Many threads send and close at once; nothing hangs, and every stage ends. */
  @Test
  default void closingWhileManySendIsSafe() throws Exception {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      for (int round = 0; round < 20; round++) {
        Pair pair = stage.connectData();
        List<Thread> senders = new ArrayList<>();
        List<CompletionStage<Void>> stages =
            java.util.Collections.synchronizedList(new ArrayList<>());
        CountDownLatch sending = new CountDownLatch(3);
        for (int t = 0; t < 3; t++) {
          Thread sender =
              new Thread(
                  () -> {
                    for (int i = 0; i < 2000; i++) {
                      stages.add(pair.caller().session().sendBytes(new byte[1000]));
                      if (i == 100) {
                        sending.countDown();
                      }
                    }
                  });
          senders.add(sender);
          sender.start();
        }
        sending.await();
        pair.caller().session().close();
        for (Thread sender : senders) {
          sender.join();
        }
        for (CompletionStage<Void> each : stages) {
          assertTrue(
              each.handle((value, failure) -> true)
                  .toCompletableFuture()
                  .completeOnTimeout(false, 20, java.util.concurrent.TimeUnit.SECONDS)
                  .join());
        }
      }
    }
  }

  /** One client's calls one after another, and several at the same time, all talk. */
  @Test
  default void callsFollowAndOverlapEachOther() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      for (int round = 0; round < 2; round++) {
        List<ToneMeter> meters = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          ToneMeter meter = new ToneMeter();
          pairs.add(stage.connect(calls(), says(new ToneSource(440)), hears(meter)));
          meters.add(meter);
        }
        meters.forEach(meter -> meter.awaitTone(440));
        // The first ends while the others talk on.
        pairs.get(0).caller().session().close();
        pairs.get(0).callee().session().close();
        pairs.get(0).callee().await("closed");
        for (ToneMeter meter : meters.subList(1, 3)) {
          meter.awaitFrames(60);
          meter.awaitTone(440);
        }
        for (Pair pair : pairs) {
          pair.caller().session().close();
          pair.callee().session().close();
        }
      }
    }
  }

  /** A receive-only call goes on hearing when the last call that sends has ended. */
  @Test
  default void listeningOutlivesOthersTalking() {
    ToneMeter meter = new ToneMeter();
    try (MediaStage stage = new MediaStage(mediaBackendProvider());
        MediaStage elsewhere = new MediaStage(mediaBackendProvider())) {
      MediaPeer listener = stage.open(audio(Direction.RECEIVE_ONLY), hears(meter));
      MediaPeer speaker = elsewhere.open(calls(), says(new ToneSource(440)));
      MediaPeer.introduce(listener, speaker);
      listener.negotiateWith(speaker);
      meter.awaitTone(440);
      Pair talking = stage.connect(calls(), says(new ToneSource(1000)), MediaDevices.none());
      talking.caller().session().close();
      talking.callee().session().close();
      talking.caller().await("closed");
      talking.callee().await("closed");
      meter.awaitFrames(60);
      meter.awaitTone(440);
    }
  }
}
