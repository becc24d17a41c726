package io.respoke.core.event;

import io.respoke.Subscription;
import io.respoke.event.RespokeEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The listeners of one source. Safe for use by any thread. */
public final class Listeners {
  /** One registration. */
  public final class Registration<E extends RespokeEvent> implements Subscription {
    private final Class<E> type;
    private final Consumer<? super E> listener;
    private final boolean once;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Registration(Class<E> type, Consumer<? super E> listener, boolean once) {
      this.type = type;
      this.listener = listener;
      this.once = once;
    }

    /** Calls the listener, unless it has been closed. */
    public void call(RespokeEvent event) {
      if (once) {
        if (!open.getAndSet(false)) {
          return;
        }
        remove(this);
      } else if (!open.get()) {
        return;
      }
      listener.accept(type.cast(event));
    }

    @Override
    public void close() {
      if (open.getAndSet(false)) {
        remove(this);
      }
    }
  }

  // Most sources have no listeners of their own: nothing is allocated for them.
  private volatile @Nullable CopyOnWriteArrayList<Registration<?>> all;
  private volatile @Nullable Map<Class<?>, List<Registration<?>>> byClass;

  public <E extends RespokeEvent> Registration<E> add(
      Class<E> type, Consumer<? super E> listener, boolean once) {
    Registration<E> registration = new Registration<>(type, listener, once);
    synchronized (this) {
      CopyOnWriteArrayList<Registration<?>> list = all;
      if (list == null) {
        list = new CopyOnWriteArrayList<>();
        all = list;
      }
      list.add(registration);
      byClass = new ConcurrentHashMap<>();
    }
    return registration;
  }

  private synchronized void remove(Registration<?> registration) {
    CopyOnWriteArrayList<Registration<?>> list = all;
    if (list != null) {
      list.remove(registration);
      byClass = new ConcurrentHashMap<>();
    }
  }

  /** The registrations that take events of a class, in the order they were made. */
  public List<Registration<?>> of(Class<? extends RespokeEvent> event) {
    CopyOnWriteArrayList<Registration<?>> list = all;
    Map<Class<?>, List<Registration<?>>> cache = byClass;
    if (list == null || cache == null || list.isEmpty()) {
      return List.of();
    }
    return cache.computeIfAbsent(
        event,
        key ->
            list.stream()
                .filter(registration -> registration.type.isAssignableFrom(key))
                .<Registration<?>>map(registration -> registration)
                .toList());
  }
}
