package io.respoke.webrtc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ticks every 10 ms for all media of a backend, on one thread. It holds its pace: ticks that a busy
 * machine delays are made up for, unless it was away for so long that nobody would notice.
 *
 * <p>A second thread watches the first: when something blocks it, another takes over, and what
 * blocked is done aside from then on, where it stalls nobody else.
 */
final class MediaClock implements AutoCloseable {
  /** What is to be done every 10 ms, never twice at a time. Should not block. */
  interface Ticking {
    void tick();
  }

  private static final class Entry {
    final Ticking ticking;
    final AtomicBoolean busy = new AtomicBoolean();
    volatile boolean aside;

    Entry(Ticking ticking) {
      this.ticking = ticking;
    }
  }

  static final long PERIOD_NANOS = 10_000_000;
  private static final System.Logger LOG = System.getLogger(MediaClock.class.getName());
  private static final long LOST_NANOS = 200_000_000;
  private static final long BLOCKED_NANOS = 50_000_000;
  private static final long WATCH_NANOS = 50_000_000;

  private final Executor aside;
  private final ThreadFactory tickers;
  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final List<Entry> last = new CopyOnWriteArrayList<>();
  private final Thread watcher;
  private volatile Thread ticker;
  private volatile int turn;
  private volatile boolean closed;
  private volatile @Nullable Entry current;
  private volatile long beganNanos;

  MediaClock(String name, Executor aside) {
    this(name, aside, task -> Threads.daemon(task, name));
  }

  /** With ticking threads of the caller's making. */
  MediaClock(String name, Executor aside, ThreadFactory tickers) {
    this.aside = aside;
    this.tickers = tickers;
    ticker = tickers.newThread(() -> run(0));
    watcher = Threads.daemon(this::watch, name + "-watch");
    ticker.start();
    watcher.start();
  }

  /** Does this at each tick from now on; it may be added twice, and is done once. */
  void add(Ticking added) {
    add(entries, added);
    LockSupport.unpark(ticker);
    LockSupport.unpark(watcher);
  }

  /** Does this at each tick, or no more. */
  void pace(Ticking ticking, boolean runs) {
    if (runs) {
      add(ticking);
    } else {
      remove(ticking);
    }
  }

  /** Does this after everything else of a tick; alone it is no reason to tick. */
  void addLast(Ticking added) {
    add(last, added);
  }

  private void add(List<Entry> to, Ticking added) {
    synchronized (to) {
      if (to.stream().noneMatch(entry -> entry.ticking == added)) {
        to.add(new Entry(added));
      }
    }
  }

  void remove(Ticking removed) {
    entries.removeIf(entry -> entry.ticking == removed);
    last.removeIf(entry -> entry.ticking == removed);
  }

  private void run(int mine) {
    long next = System.nanoTime();
    while (!closed && turn == mine) {
      if (entries.isEmpty()) {
        LockSupport.park(this);
        next = System.nanoTime();
        continue;
      }
      if (!tickAll(entries, mine) || !tickAll(last, mine)) {
        return;
      }
      next += PERIOD_NANOS;
      long wait = next - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(this, wait);
      } else if (wait < -LOST_NANOS) {
        next = System.nanoTime();
      }
    }
  }

  /** False when another thread has taken over. */
  private boolean tickAll(List<Entry> all, int mine) {
    for (Entry entry : all) {
      if (turn != mine) {
        return false;
      }
      if (!entry.busy.compareAndSet(false, true)) {
        continue;
      }
      if (entry.aside) {
        aside.execute(() -> tick(entry));
      } else {
        beganNanos = System.nanoTime();
        current = entry;
        tick(entry);
        current = null;
      }
    }
    return true;
  }

  private void tick(Entry entry) {
    try {
      entry.ticking.tick();
    } catch (Throwable e) {
      remove(entry.ticking);
      LOG.log(System.Logger.Level.WARNING, "Media that threw is not paced any more", e);
    } finally {
      entry.busy.set(false);
    }
  }

  private void watch() {
    while (!closed) {
      if (entries.isEmpty()) {
        LockSupport.park(this);
        continue;
      }
      LockSupport.parkNanos(this, WATCH_NANOS);
      Entry blocking = current;
      if (blocking != null && System.nanoTime() - beganNanos > BLOCKED_NANOS) {
        takeOver(blocking);
      }
    }
  }

  private void takeOver(Entry blocking) {
    int next = turn + 1;
    CountDownLatch turned = new CountDownLatch(1);
    try {
      Thread taking =
          tickers.newThread(
              () -> {
                awaitTurn(turned);
                run(next);
              });
      taking.start();
      ticker = taking;
    } catch (OutOfMemoryError e) {
      LOG.log(System.Logger.Level.WARNING, "No thread to go on while a source blocks; yet", e);
      return;
    }
    blocking.aside = true;
    current = null;
    turn = next;
    turned.countDown();
    LOG.log(System.Logger.Level.DEBUG, "A source blocks; it is asked aside from now on");
  }

  private static void awaitTurn(CountDownLatch turned) {
    try {
      turned.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(ticker);
    LockSupport.unpark(watcher);
  }
}
