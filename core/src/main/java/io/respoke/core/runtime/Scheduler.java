package io.respoke.core.runtime;

import java.time.Duration;
import java.time.Instant;

/** Time as the engine sees it. */
public interface Scheduler {
  /** Milliseconds of a clock that only goes forward. */
  long now();

  /** The time of day. */
  Instant wallClock();

  /** Runs a task once after a delay, on a thread that must not be kept. */
  Cancellable schedule(Duration delay, Runnable task);
}
