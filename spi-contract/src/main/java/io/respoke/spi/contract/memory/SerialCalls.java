package io.respoke.spi.contract.memory;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs calls one after the other, in the order of {@link #add}, on an executor. */
final class SerialCalls {
  private final Executor executor;
  private final Queue<Runnable> calls = new ArrayDeque<>();
  private boolean running;

  SerialCalls(Executor executor) {
    this.executor = executor;
  }

  /** Adds a call; {@link #start} runs it. Never runs anything itself, so a lock may be held. */
  synchronized void add(Runnable call) {
    calls.add(call);
  }

  /** Starts what was added. Not to be called with a lock held: the executor may run it here. */
  void start() {
    synchronized (this) {
      if (running || calls.isEmpty()) {
        return;
      }
      running = true;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      // A stopped executor must not cost the listener its last call.
      drain();
    }
  }

  private void drain() {
    while (true) {
      Runnable call;
      synchronized (this) {
        call = calls.poll();
        if (call == null) {
          running = false;
          return;
        }
      }
      try {
        call.run();
      } catch (RuntimeException | Error e) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      }
    }
  }
}
