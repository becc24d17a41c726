package io.respoke.core.scenario;

import static io.respoke.core.scenario.Stage.isDone;
import static io.respoke.core.scenario.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.MediaException;
import io.respoke.Tones;
import io.respoke.event.CallEnded;
import io.respoke.event.CallEvent;
import io.respoke.event.MediaStatsMeasured;
import io.respoke.event.MuteChanged;
import io.respoke.event.ToneSendingCancelled;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.media.MediaStats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What media answers on its own threads, before and after the end of a call. */
class CallEndTest {
  private static final MediaStats NOTHING =
      new MediaStats(
          ManualScheduler.EPOCH,
          Duration.ZERO,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final SlowMedia media = new SlowMedia();

  @RegisterExtension final Stage stage = new Stage().media(media);

  private CompletionStage<Void> muting;
  private CompletionStage<Void> sending;
  private CompletionStage<Void> cancelling;

  /** A call that has asked its media for everything there is an event for. */
  private Call busyCall() {
    Client client = stage.connected();
    Call call = client.startAudioCall("kirk", CallOptions.defaults());
    call.statistics(Duration.ofSeconds(1));
    stage.time.advance(1000);
    muting = call.mute(MediaKind.AUDIO, MediaFlow.OUTGOING);
    sending = call.sendTones(Tones.of("123"));
    cancelling = call.cancelTones();
    assertFalse(isDone(muting));
    stage.takeEvents();
    return call;
  }

  private void mediaAnswers() {
    media.measured.complete(NOTHING);
    media.muted.complete(null);
    media.cancelled.complete("23");
  }

  @Test
  void whatMediaAnswersIsToldAsEvents() {
    Call call = busyCall();

    mediaAnswers();

    assertEquals(1, stage.events(MediaStatsMeasured.class).size());
    assertTrue(stage.event(MuteChanged.class).muted());
    assertEquals("23", stage.event(ToneSendingCancelled.class).cancelledTones());
    assertTrue(call.isMuted(MediaKind.AUDIO, MediaFlow.OUTGOING));
    join(muting);
    join(cancelling);
    Stage.failure(MediaException.class, sending);
    join(call.hangup());
  }

  @Test
  void nothingIsToldAfterTheEndHoweverLateMediaAnswers() {
    Call call = busyCall();

    join(call.hangup());
    mediaAnswers();
    stage.time.advance(5000);

    List<CallEvent> told = stage.events(CallEvent.class);
    assertEquals(CallEnded.class, told.get(told.size() - 1).getClass(), told.toString());
    assertEquals(1, stage.events(CallEnded.class).size());
    join(muting);
    join(cancelling);
    Stage.failure(MediaException.class, sending);
  }
}
