package io.respoke.core.event;

import io.respoke.Subscription;
import io.respoke.event.RespokeEvent;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/** A client's events as publishers. Each keeps its own bounded buffer for each subscriber. */
public final class EventFlows implements AutoCloseable {
  private final EventDispatcher events;
  private final Executor executor;
  private final int limit;
  private final Set<SubmissionPublisher<?>> open = ConcurrentHashMap.newKeySet();
  private final Map<SubmissionPublisher<?>, Subscription> registrations = new ConcurrentHashMap<>();
  private boolean closed;

  public EventFlows(EventDispatcher events, Executor executor, int limit) {
    this.events = events;
    this.executor = executor;
    this.limit = limit;
  }

  /** A publisher of events of a type; it listens from its first subscriber on. */
  public <E extends RespokeEvent> Flow.Publisher<E> of(Class<E> type) {
    return subscriber -> {
      SubmissionPublisher<E> publisher = new SubmissionPublisher<>(executor, limit);
      publisher.subscribe(subscriber);
      if (register(publisher)) {
        Subscription registration =
            events.clientSource().listeners().add(type, event -> publish(publisher, event), false);
        // A cancelled subscriber is noticed when the next event comes; see publish.
        registrations.put(publisher, registration);
      } else {
        publisher.close();
      }
    };
  }

  private synchronized boolean register(SubmissionPublisher<?> publisher) {
    return !closed && open.add(publisher);
  }

  private <E extends RespokeEvent> void publish(SubmissionPublisher<E> publisher, E event) {
    if (!publisher.hasSubscribers()) {
      end(publisher);
      return;
    }
    publisher.offer(
        event,
        (subscriber, dropped) -> {
          events.flowDropped(dropped);
          return false;
        });
  }

  private void end(SubmissionPublisher<?> publisher) {
    open.remove(publisher);
    Subscription registration = registrations.remove(publisher);
    if (registration != null) {
      registration.close();
    }
    publisher.close();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    open.forEach(this::end);
  }
}
