package io.respoke.cdi.runtime;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The beans of one call. Each is made by the first thread that needs it while others wait, and
 * destroyed once. No lock is held meanwhile.
 */
final class CallBeans {
  private static final Logger LOG = System.getLogger(CallBeans.class.getName());

  private final Map<Contextual<?>, Entry<?>> entries = new LinkedHashMap<>();
  private boolean ended;

  /** One bean, from the moment when somebody began to make it. */
  private static final class Entry<T> {
    private final Contextual<T> contextual;
    private final CreationalContext<T> creational;
    private final Thread maker = Thread.currentThread();
    private final CompletableFuture<T> made = new CompletableFuture<>();

    Entry(Contextual<T> contextual, CreationalContext<T> creational) {
      this.contextual = contextual;
      this.creational = creational;
    }

    T await() {
      if (maker == Thread.currentThread() && !made.isDone()) {
        throw new IllegalStateException(contextual + " needs itself while it is made");
      }
      try {
        return made.join();
      } catch (CompletionException e) {
        throw new IllegalStateException(contextual + " could not be made by another thread", e);
      }
    }

    /** Destroys it as soon as it is there. */
    void destroy() {
      made.thenAccept(
          instance -> {
            try {
              contextual.destroy(instance, creational);
            } catch (RuntimeException e) {
              LOG.log(Level.WARNING, "A bean of a call could not be destroyed: " + contextual, e);
            }
          });
    }
  }

  /** The instance, if there is one. */
  <T> @Nullable T get(Contextual<T> contextual) {
    Entry<T> entry = entry(contextual);
    return entry == null || !entry.made.isDone() || entry.made.isCompletedExceptionally()
        ? null
        : entry.await();
  }

  @SuppressWarnings("unchecked") // an entry is of its key's type
  private synchronized <T> @Nullable Entry<T> entry(Contextual<T> contextual) {
    return (Entry<T>) entries.get(contextual);
  }

  /** The instance; it is made if there is none. */
  <T> T get(Contextual<T> contextual, CreationalContext<T> creational) {
    Entry<T> mine = new Entry<>(contextual, creational);
    Entry<T> first;
    synchronized (this) {
      if (ended) {
        throw new ContextNotActiveException("The call is over, and so is its scope");
      }
      first = entry(contextual);
      if (first == null) {
        entries.put(contextual, mine);
      }
    }
    if (first != null) {
      return first.await();
    }
    try {
      T instance = contextual.create(creational);
      mine.made.complete(instance);
      return instance;
    } catch (Throwable e) { // whatever it is, those who wait must not wait for ever
      synchronized (this) {
        entries.remove(contextual, mine);
      }
      mine.made.completeExceptionally(e);
      throw e;
    }
  }

  /** Destroys one bean. */
  void destroy(Contextual<?> contextual) {
    Entry<?> entry;
    synchronized (this) {
      entry = entries.remove(contextual);
    }
    if (entry != null) {
      entry.destroy();
    }
  }

  /** Whether it goes on. */
  synchronized boolean isActive() {
    return !ended;
  }

  /** Destroys all, the last one made first. Idempotent. */
  void end() {
    List<Entry<?>> all;
    synchronized (this) {
      ended = true;
      all = new ArrayList<>(entries.values());
      entries.clear();
    }
    Collections.reverse(all);
    all.forEach(Entry::destroy);
  }
}
