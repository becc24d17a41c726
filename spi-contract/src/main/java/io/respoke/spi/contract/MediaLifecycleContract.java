package io.respoke.spi.contract;

import static io.respoke.spi.contract.MediaChoices.audio;
import static io.respoke.spi.contract.MediaChoices.calls;
import static io.respoke.spi.contract.MediaChoices.hears;
import static io.respoke.spi.contract.MediaChoices.says;
import static io.respoke.spi.contract.MediaPeer.done;
import static io.respoke.spi.contract.MediaPeer.reason;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.MediaException.Reason;
import io.respoke.Tones;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaConstraints.Direction;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaSession;
import io.respoke.spi.SessionDescription;
import io.respoke.spi.contract.MediaStage.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every backend must do with sessions that end, overlap or are given bad input.
 *
 * <p>Part of {@link MediaBackendContract}, which names what it needs.
 */
@Tag("media")
@Timeout(120)
public interface MediaLifecycleContract extends MediaSessionContract {
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
                .completeOnTimeout(false, 20, TimeUnit.SECONDS)
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
        List<CompletionStage<Void>> stages = Collections.synchronizedList(new ArrayList<>());
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
                  .completeOnTimeout(false, 20, TimeUnit.SECONDS)
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
}
