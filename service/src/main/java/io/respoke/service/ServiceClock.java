package io.respoke.service;

import java.time.Duration;

/**
 * The service's idea of time. Without one the service uses real time; {@link ManualServiceClock}
 * lets a test move it.
 */
public interface ServiceClock {
  /** A task that will run unless it is cancelled. */
  interface Task {
    /** Keeps the task from running; does nothing when it has run already. Any thread. */
    void cancel();
  }

  /** The time in epoch milliseconds. Called often; any thread. */
  long now();

  /**
   * Runs a task once, not before the delay has passed. The task may run on any thread and may wait
   * for the service's event loop, so it must not be run while a lock is held that the event loop
   * needs.
   */
  Task schedule(Duration delay, Runnable task);
}
