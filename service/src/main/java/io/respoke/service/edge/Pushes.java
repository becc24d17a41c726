package io.respoke.service.edge;

import io.respoke.service.state.PushDesk;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Sends push notifications on threads of their own, so many at most. On the event loop. */
final class Pushes {
  private static final System.Logger LOG = System.getLogger(Pushes.class.getName());
  private static final int THREADS = 4;
  private static final int WAITING = 10_000;

  /** Less than the service takes to close. */
  private static final long STOP_MILLIS = 2_000;

  private final Vertx vertx;
  private final WorkerExecutor threads;
  private final PushOutlet outlet;
  private final Promise<Void> ended = Promise.promise();
  private boolean stopping;
  private boolean closed;
  private int waiting;
  private long dropped;
  private long unanswered;

  Pushes(Vertx vertx, PushOutlet outlet) {
    this.vertx = vertx;
    this.threads = vertx.createSharedWorkerExecutor("respoke-push", THREADS);
    this.outlet = outlet;
  }

  void send(String appId, PushDesk.Note note) {
    if (waiting >= WAITING) {
      drop("push notifications are sent too slowly: {0} were dropped so far");
      return;
    }
    waiting++;
    Future<Boolean> sending;
    try {
      sending =
          threads.executeBlocking(
              () -> {
                outlet.send(appId, note);
                return true;
              },
              false);
    } catch (RejectedExecutionException e) {
      waiting--;
      drop("push notifications came after the service was stopped: {0} were dropped so far");
      return;
    }
    var unused = sending.onComplete((sent, failure) -> sent(appId, note, failure));
  }

  private void drop(String why) {
    dropped++;
    if (Long.bitCount(dropped) == 1) {
      LOG.log(System.Logger.Level.WARNING, why, dropped);
    }
  }

  private void sent(String appId, PushDesk.Note note, @Nullable Throwable failure) {
    if (closed) {
      return; // It was counted already, when its time was up.
    }
    waiting--;
    if (failure != null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a push notification of app {0} for device {1} was not sent: {2}",
          appId,
          note.device().id(),
          text(failure));
    }
    if (stopping && waiting == 0) {
      close();
    }
  }

  /** Only the message of an {@link IOException} is promised to hold no secret. */
  private static @Nullable String text(Throwable failure) {
    return failure instanceof IOException ? failure.getMessage() : failure.getClass().getName();
  }

  /** So many push events of an app were given up, because its server did not answer in time. */
  void unanswered(String appId, int more) {
    if (more == 0) {
      return;
    }
    boolean news = Long.highestOneBit(unanswered + more) != Long.highestOneBit(unanswered);
    unanswered += more;
    if (news) {
      LOG.log(
          System.Logger.Level.WARNING,
          "push events are not answered in time, now {0} of app {1}; {2} of all apps so far",
          more,
          appId,
          unanswered);
    }
  }

  /** How many push events were given up. */
  long unanswered() {
    return unanswered;
  }

  /** How many wait or are being sent. */
  int waiting() {
    return waiting;
  }

  /** How many were too many, or too late for the service. */
  long dropped() {
    return dropped;
  }

  /** Lets those leave that wait, for a short time; the rest is counted as dropped. */
  Future<Void> stop() {
    stopping = true;
    if (waiting == 0) {
      close();
    } else {
      long unused = vertx.setTimer(STOP_MILLIS, late -> close());
    }
    return ended.future();
  }

  private void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (waiting > 0) {
      dropped += waiting;
      LOG.log(
          System.Logger.Level.WARNING,
          "the service stops: {0} push notifications were not sent in time, and are lost",
          waiting);
      waiting = 0;
    }
    threads.close().onComplete(done -> ended.complete());
  }
}
