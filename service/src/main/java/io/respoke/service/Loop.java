package io.respoke.service;

import io.respoke.service.edge.Timers;
import io.respoke.service.edge.VertxTimers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way from any thread onto the event loop and back. */
final class Loop {
  private static final System.Logger LOG = System.getLogger(Loop.class.getName());
  private static final long PATIENCE_SECONDS = 10;

  private final Context context;

  Loop(Context context) {
    this.context = context;
  }

  /**
   * Runs a task on the loop and waits for its result.
   *
   * @throws IllegalStateException if the service is closed
   */
  <T> T call(Supplier<T> task) {
    if (Vertx.currentContext() == context) {
      return task.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      context.runOnContext(
          on -> {
            try {
              result.complete(task.get());
            } catch (RuntimeException | Error e) {
              result.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      throw new ClosedException(e);
    }
    try {
      return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the service", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the service did not respond; is it closed?", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  void run(Runnable task) {
    Boolean unused =
        call(
            () -> {
              task.run();
              return true;
            });
  }

  /** A clock may outlive the service; what was due after its end is due no more. */
  private void runUnlessClosed(Runnable task) {
    try {
      run(task);
    } catch (ClosedException e) {
      LOG.log(System.Logger.Level.TRACE, "a timer of a closed service", e);
    }
  }

  private static final class ClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ClosedException(RejectedExecutionException cause) {
      super("the service is closed", cause);
    }
  }

  /** The timers of the event loop: real ones, or those of a given clock. */
  static Timers timers(Vertx vertx, Context context, @Nullable ServiceClock clock) {
    return clock == null ? new VertxTimers(vertx) : new ClockTimers(clock, new Loop(context));
  }

  private record ClockTimers(ServiceClock clock, Loop loop) implements Timers {
    @Override
    public long now() {
      return clock.now();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return clock.schedule(delay, () -> loop.runUnlessClosed(task))::cancel;
    }
  }
}
