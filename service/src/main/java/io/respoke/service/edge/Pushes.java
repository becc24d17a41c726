package io.respoke.service.edge;

import io.respoke.service.state.PushDesk;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sends push notifications on threads of their own, so many at most. On the event loop. */
final class Pushes {
  private static final System.Logger LOG = System.getLogger(Pushes.class.getName());
  private static final int THREADS = 4;
  private static final int WAITING = 10_000;

  private final WorkerExecutor threads;
  private final PushOutlet outlet;
  private int waiting;
  private long dropped;
  private long unanswered;

  Pushes(Vertx vertx, PushOutlet outlet) {
    this.threads = vertx.createSharedWorkerExecutor("respoke-push", THREADS);
    this.outlet = outlet;
  }

  void send(String appId, PushDesk.Note note) {
    if (waiting >= WAITING) {
      dropped++;
      if (Long.bitCount(dropped) == 1) {
        LOG.log(
            System.Logger.Level.WARNING,
            "push notifications are sent too slowly: {0} were dropped so far",
            dropped);
      }
      return;
    }
    waiting++;
    var unused =
        threads
            .executeBlocking(
                () -> {
                  outlet.send(appId, note);
                  return true;
                },
                false)
            .onComplete(
                (sent, failure) -> {
                  waiting--;
                  if (failure != null) {
                    LOG.log(
                        System.Logger.Level.WARNING,
                        "a push notification of app {0} for device {1} was not sent: {2}",
                        appId,
                        note.device().id(),
                        text(failure));
                  }
                });
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

  /** How many were too many. */
  long dropped() {
    return dropped;
  }

  void stop() {
    var unused = threads.close();
  }
}
