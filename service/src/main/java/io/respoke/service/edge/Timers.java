package io.respoke.service.edge;

import java.time.Duration;

/** Time for the event loop: what it is, and what happens later. Tasks run on the loop. */
public interface Timers {
  /** Something that will happen unless it is cancelled. */
  interface Timer {
    /** Does nothing when it has happened already. */
    void cancel();
  }

  /** The time, epoch milliseconds. */
  long now();

  /** Runs a task once. */
  Timer schedule(Duration delay, Runnable task);
}
