package io.respoke.webrtc;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Runs tasks one after another, in order, on an executor of many threads. */
final class SerialQueue implements Executor {
  private static final System.Logger LOG = System.getLogger(SerialQueue.class.getName());

  private final Executor executor;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

  SerialQueue(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      tasks.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    executor.execute(this::drain);
  }

  private void drain() {
    while (true) {
      Runnable task;
      synchronized (this) {
        task = tasks.poll();
        if (task == null) {
          running = false;
          return;
        }
      }
      try {
        task.run();
      } catch (Throwable e) {
        LOG.log(System.Logger.Level.WARNING, "A media task threw", e);
      }
    }
  }
}
