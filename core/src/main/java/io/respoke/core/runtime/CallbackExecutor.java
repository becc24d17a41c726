package io.respoke.core.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs an application's code for one client: with the class loader that was current when the client
 * was created (jakarta pitfall 1), and so that the client can tell its own callbacks from other
 * threads.
 */
public final class CallbackExecutor implements Executor {
  private final Executor executor;
  private final @Nullable ClassLoader loader;
  private final ThreadLocal<Boolean> inside = new ThreadLocal<>();

  /** Callbacks on an executor, with a context class loader. */
  public CallbackExecutor(Executor executor, @Nullable ClassLoader loader) {
    this.executor = executor;
    this.loader = loader;
  }

  /** Whether this thread runs a callback of this client. */
  public boolean isCurrent() {
    return inside.get() != null;
  }

  /**
   * Runs the task. When even the shared pool refuses, because the last client has been closed, it
   * runs on this thread: somebody may wait for it. So it does when the pool has no thread and gets
   * none from the system. This may be a thread that reads a socket, where a listener that blocks
   * does harm; but a task that is lost is harm for good, as all that comes after it from its source
   * waits behind it. A pool that has any threads lets the task wait for one ({@link ThreadPool}).
   */
  @Override
  public void execute(Runnable task) {
    Once once = new Once(() -> run(task));
    try {
      executor.execute(once);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      if (!once.tryRun()) {
        throw e; // of the task itself, on an executor that runs it at once
      }
    }
  }

  private void run(Runnable task) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    boolean nested = isCurrent();
    thread.setContextClassLoader(loader);
    inside.set(true);
    try {
      task.run();
    } finally {
      if (!nested) {
        inside.remove();
      }
      thread.setContextClassLoader(before);
    }
  }
}
