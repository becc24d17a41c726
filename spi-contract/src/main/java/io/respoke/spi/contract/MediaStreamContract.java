package io.respoke.spi.contract;

import static io.respoke.spi.contract.MediaChoices.audio;
import static io.respoke.spi.contract.MediaChoices.calls;
import static io.respoke.spi.contract.MediaChoices.hears;
import static io.respoke.spi.contract.MediaChoices.says;
import static io.respoke.spi.contract.MediaChoices.video;
import static io.respoke.spi.contract.MediaPeer.done;
import static io.respoke.spi.contract.MediaPeer.reason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.MediaException.Reason;
import io.respoke.Tones;
import io.respoke.media.AudioFormat;
import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.media.MediaStats;
import io.respoke.media.VideoFormat;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaConstraints.Direction;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaSession;
import io.respoke.spi.SessionDescription;
import io.respoke.spi.contract.MediaStage.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every backend must do with sound and pictures: devices, muting, tones and figures.
 *
 * <p>Part of {@link MediaBackendContract}, which names what it needs.
 */
@Tag("media")
@Timeout(120)
public interface MediaStreamContract extends MediaSessionContract {
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
}
