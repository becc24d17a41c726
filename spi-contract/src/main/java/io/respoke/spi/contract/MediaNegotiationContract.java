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
import io.respoke.media.VideoFormat;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaConstraints.Direction;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.SessionDescription;
import io.respoke.spi.contract.MediaStage.Pair;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every backend must do with descriptions and candidates, at first and again.
 *
 * <p>Part of {@link MediaBackendContract}, which names what it needs.
 */
@Tag("media")
@Timeout(120)
public interface MediaNegotiationContract extends MediaSessionContract {
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
              new MediaRequest(
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
}
