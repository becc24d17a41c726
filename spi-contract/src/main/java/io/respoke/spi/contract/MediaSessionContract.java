package io.respoke.spi.contract;

import static io.respoke.spi.contract.MediaPeer.done;
import static io.respoke.spi.contract.MediaPeer.reason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.respoke.MediaException.Reason;
import io.respoke.Tones;
import io.respoke.media.ExternalMedia;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaBackendProvider;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaConstraints.Direction;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaSession;
import io.respoke.spi.SessionDescription;
import io.respoke.spi.contract.MediaStage.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every media backend must do, also one that leaves the media itself to somebody else: the
 * states of a session, the order of its operations, and its end.
 *
 * <p>A backend that does media itself has {@link MediaBackendContract}, which includes this. Every
 * test also fails when calls to a listener overlap, or come after the last.
 */
@Timeout(180)
public interface MediaSessionContract {
  /** The provider under test. */
  MediaBackendProvider mediaBackendProvider();

  /**
   * Who does the media of one session, where the backend does none itself; a new one for each call
   * of this method, which makes any non-empty descriptions.
   */
  default Optional<ExternalMedia> externalMedia() {
    return Optional.empty();
  }

  private MediaStage stage() {
    return new MediaStage(mediaBackendProvider(), this::externalMedia);
  }

  private static MediaConstraints calls() {
    return new MediaConstraints(Direction.SEND_RECEIVE, Direction.NONE, false);
  }

  private static Pair pair(MediaStage stage) {
    return stage.pair(calls(), MediaDevices.none(), MediaDevices.none());
  }

  /** An offer and its answer connect two sides; then the other side may offer. */
  @Test
  default void sessionsAreNegotiatedFromBothSides() {
    try (MediaStage stage = stage()) {
      Pair pair = pair(stage);
      pair.negotiate();
      pair.caller().await("connected");
      pair.callee().await("connected");
      pair.callee().negotiateWith(pair.caller());
      pair.caller().await("gathered");
      pair.callee().await("gathered");
      assertEquals(1, pair.caller().count("connected"));
    }
  }

  /** An answer without an offer, and an empty description, are refused, and harm nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"", " \r\n", "v=0\r\n"})
  default void descriptionsMustFit(String sdp) {
    try (MediaStage stage = stage()) {
      Pair pair = pair(stage);
      MediaSession callee = pair.callee().session();
      assertEquals(
          Reason.BAD_DESCRIPTION,
          reason(
              callee.setRemoteDescription(
                  new SessionDescription(SessionDescription.Type.ANSWER, sdp))));
      if (sdp.isBlank()) {
        assertEquals(
            Reason.BAD_DESCRIPTION,
            reason(
                callee.setRemoteDescription(
                    new SessionDescription(SessionDescription.Type.OFFER, sdp))));
      }
      assertEquals(Reason.WRONG_STATE, reason(callee.createAnswer()));
      pair.negotiate();
      pair.caller().await("connected");
    }
  }

  /** The same offer twice is one offer; an answer that comes twice is refused the second time. */
  @Test
  default void duplicatesDoNoHarm() {
    try (MediaStage stage = stage()) {
      Pair pair = pair(stage);
      MediaSession caller = pair.caller().session();
      MediaSession callee = pair.callee().session();
      SessionDescription offer = done(caller.createOffer());
      done(callee.setRemoteDescription(offer));
      done(callee.setRemoteDescription(offer));
      SessionDescription answer = done(callee.createAnswer());
      assertEquals(Reason.WRONG_STATE, reason(callee.createAnswer()));
      done(caller.setRemoteDescription(answer));
      assertEquals(Reason.BAD_DESCRIPTION, reason(caller.setRemoteDescription(answer)));
      pair.caller().await("connected");
      pair.callee().await("connected");
    }
  }

  /** When both offer, neither offer is taken until one side takes its own back. */
  @Test
  default void glareIsRefusedUntilOneGivesWay() {
    try (MediaStage stage = stage()) {
      Pair pair = pair(stage);
      MediaSession caller = pair.caller().session();
      MediaSession callee = pair.callee().session();
      SessionDescription offer = done(caller.createOffer());
      SessionDescription other = done(callee.createOffer());
      assertEquals(Reason.BAD_DESCRIPTION, reason(caller.setRemoteDescription(other)));
      assertEquals(Reason.BAD_DESCRIPTION, reason(callee.setRemoteDescription(offer)));
      done(callee.rollback());
      done(callee.setRemoteDescription(offer));
      done(caller.setRemoteDescription(done(callee.createAnswer())));
      pair.caller().await("connected");
      pair.callee().await("connected");
    }
  }

  /** Taking back what was not offered is no error; an answer to what was taken back is one. */
  @Test
  default void whatWasTakenBackIsNotAnswered() {
    try (MediaStage stage = stage()) {
      Pair pair = pair(stage);
      MediaSession caller = pair.caller().session();
      MediaSession callee = pair.callee().session();
      done(caller.rollback());
      done(callee.setRemoteDescription(done(caller.createOffer())));
      done(caller.rollback());
      assertEquals(
          Reason.BAD_DESCRIPTION, reason(caller.setRemoteDescription(done(callee.createAnswer()))));
    }
  }

  /** Where a session is when it is closed. */
  enum Closing {
    /** Nothing has happened. */
    FRESH,
    /** An offer is being made. */
    OFFERING,
    /** It has offered. */
    OFFERED,
    /** An answer is being made. */
    ANSWERING,
    /** It has been answered. */
    ANSWERED
  }

  /** In every state: what runs ends, every later operation fails, and the last call is the end. */
  @ParameterizedTest
  @EnumSource
  default void nothingHappensAfterTheEnd(Closing when) {
    try (MediaStage stage = stage()) {
      Pair pair = pair(stage);
      MediaSession closing = pair.caller().session();
      MediaSession other = pair.callee().session();
      List<CompletionStage<?>> running = new ArrayList<>();
      SessionDescription answer = new SessionDescription(SessionDescription.Type.ANSWER, "v=0\r\n");
      switch (when) {
        case FRESH -> {}
        case OFFERING -> running.add(closing.createOffer());
        case OFFERED -> {
          done(other.setRemoteDescription(done(closing.createOffer())));
          answer = done(other.createAnswer());
        }
        case ANSWERING -> {
          done(closing.setRemoteDescription(done(other.createOffer())));
          running.add(closing.createAnswer());
        }
        case ANSWERED -> pair.negotiate();
      }
      closing.close();
      closing.close();
      pair.caller().await("closed");
      running.forEach(stageOfRunning -> done(stageOfRunning.handle((value, failure) -> true)));
      for (CompletionStage<?> late :
          List.of(
              closing.createOffer(),
              closing.createAnswer(),
              closing.setRemoteDescription(answer),
              closing.setRemoteDescription(
                  new SessionDescription(SessionDescription.Type.OFFER, "")),
              closing.rollback(),
              closing.addIceCandidate(new IceCandidate("", "", 0)),
              closing.change(calls(), MediaDevices.none()),
              closing.setMuted(MediaKind.AUDIO, MediaFlow.OUTGOING, true),
              closing.sendTones(Tones.of("1")),
              closing.cancelTones(),
              closing.statistics(),
              closing.sendText("late"),
              closing.sendBytes(new byte[1]))) {
        assertEquals(Reason.CLOSED, reason(late));
      }
      assertEquals(0, closing.bufferedAmount());
      List<String> told = pair.caller().told();
      assertEquals("closed", told.get(told.size() - 1));
    }
  }

  /** Nothing is null: that is the caller's mistake, told at once, and it harms nothing. */
  @Test
  @SuppressWarnings("NullAway") // that is what is tested
  default void nullIsRefusedAtOnce() {
    try (MediaStage stage = stage()) {
      Pair pair = pair(stage);
      MediaSession session = pair.callee().session();
      assertThrows(
          NullPointerException.class,
          () -> new SessionDescription(SessionDescription.Type.OFFER, null));
      assertThrows(NullPointerException.class, () -> new IceCandidate(null, "", 0));
      assertThrows(NullPointerException.class, () -> session.setRemoteDescription(null));
      assertThrows(NullPointerException.class, () -> session.addIceCandidate(null));
      assertThrows(NullPointerException.class, () -> session.change(null, MediaDevices.none()));
      assertThrows(NullPointerException.class, () -> session.change(calls(), null));
      assertThrows(
          NullPointerException.class,
          () -> stage.backend().open(stage.request(calls(), MediaDevices.none()), null));
      pair.negotiate();
      pair.caller().await("connected");
    }
  }

  /** Closing the backend closes its sessions; nothing can be opened after. */
  @Test
  default void theBackendsEndIsItsSessionsEnd() {
    MediaStage stage = stage();
    MediaPeer first = stage.open(calls(), MediaDevices.none());
    MediaPeer second = stage.open(calls(), MediaDevices.none());
    MediaBackend backend = stage.backend();
    backend.close();
    backend.close();
    first.await("closed");
    second.await("closed");
    assertFalse(first.told().contains("failed"), first.told().toString());
    assertEquals(Reason.CLOSED, reason(first.session().createOffer()));
    assertEquals(
        Reason.CLOSED,
        reason(backend.open(stage.request(calls(), MediaDevices.none()), new MediaPeer())));
    stage.close();
  }
}
