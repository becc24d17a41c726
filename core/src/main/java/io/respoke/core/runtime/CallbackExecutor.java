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
   * runs on this thread: somebody may wait for it.
   */
  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      run(task);
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
