package io.respoke.core.client;

import io.respoke.core.runtime.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * What time it is at the service, learnt from the timestamps of its events. On the serial context.
 */
final class ServiceTime {
  private final Scheduler scheduler;
  private long offset;

  ServiceTime(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** An event that has just come bears this timestamp. */
  void observed(@Nullable Long timestamp) {
    if (timestamp != null) {
      offset = timestamp - scheduler.wallClock().toEpochMilli();
    }
  }

  /** The best guess, in milliseconds since 1970. */
  long now() {
    return scheduler.wallClock().toEpochMilli() + offset;
  }
}
