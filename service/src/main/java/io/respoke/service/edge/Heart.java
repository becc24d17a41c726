package io.respoke.service.edge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One socket's heartbeat, as the Socket.IO 0.9 server keeps it: a heartbeat a while after the
 * client's last one, then a deadline for the answer (protocol-wire §2.5). A heartbeat is never
 * answered with a heartbeat.
 */
final class Heart {
  /** How all hearts beat; tests change it while they do. */
  static final class Rhythm {
    final Duration interval;
    final Duration timeout;
    Duration delay = Duration.ZERO;
    boolean stopped;

    Rhythm(Duration interval, Duration timeout) {
      this.interval = interval;
      this.timeout = timeout;
    }
  }

  private final Rhythm rhythm;
  private final Timers timers;
  private final Runnable beat;
  private final Runnable silent;
  private Timers.@Nullable Timer timer;
  private boolean waiting;
  private boolean heardSince;

  /**
   * A heart that does not beat yet.
   *
   * @param beat sends a heartbeat
   * @param silent the client has not answered in time
   */
  Heart(Rhythm rhythm, Timers timers, Runnable beat, Runnable silent) {
    this.rhythm = rhythm;
    this.timers = timers;
    this.beat = beat;
    this.silent = silent;
  }

  void start() {
    pause();
  }

  /** Some frame came: the client lives. */
  void heard() {
    heardSince = true;
  }

  /** A heartbeat came. Only an awaited one sets the next: Android sends its own as well. */
  void heartbeat() {
    heardSince = true;
    if (waiting) {
      stop();
      pause();
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void pause() {
    waiting = false;
    timer = timers.schedule(rhythm.interval, this::due);
  }

  private void due() {
    if (rhythm.stopped) {
      pause();
    } else if (rhythm.delay.isZero()) {
      send();
    } else {
      timer = timers.schedule(rhythm.delay, this::send);
    }
  }

  private void send() {
    if (rhythm.stopped) {
      pause();
      return;
    }
    waiting = true;
    heardSince = false;
    beat.run();
    timer = timers.schedule(rhythm.timeout, this::deadline);
  }

  private void deadline() {
    if (heardSince || rhythm.stopped) {
      pause();
    } else {
      silent.run();
    }
  }
}
