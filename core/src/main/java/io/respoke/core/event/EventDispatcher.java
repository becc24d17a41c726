package io.respoke.core.event;

import io.respoke.Client;
import io.respoke.OverflowPolicy;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.RespokeEvent;
import io.respoke.event.SlowConsumer;
import io.respoke.spi.Telemetry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers events: to the client's listeners and to those of the event's source, in order per
 * source, on the callback executor. An event that nobody listens to is not even queued.
 */
public final class EventDispatcher implements EventSource.Outlet {
  private static final Logger LOG = System.getLogger(EventDispatcher.class.getName());

  private final Client client;
  private final Executor executor;
  private final int limit;
  private final OverflowPolicy policy;
  private final Telemetry telemetry;
  private final Consumer<Throwable> dropConnection;
  private final EventSource clientSource;
  private final Queue<EventSource> sources = new ConcurrentLinkedQueue<>();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong flowDrops = new AtomicLong();
  private final AtomicBoolean tellingOfFlows = new AtomicBoolean();

  public EventDispatcher(
      Client client,
      Executor executor,
      int limit,
      OverflowPolicy policy,
      Telemetry telemetry,
      Consumer<Throwable> dropConnection) {
    this.client = client;
    this.executor = executor;
    this.limit = limit;
    this.policy = policy;
    this.telemetry = telemetry;
    this.dropConnection = dropConnection;
    clientSource = source("client");
  }

  /** A new source of events. */
  public EventSource source(String name) {
    return source(name, null);
  }

  /** A new source whose events the parent's listeners hear too. */
  public EventSource source(String name, @Nullable EventSource parent) {
    EventSource source = new EventSource(name, parent, executor, this, limit, policy);
    sources.add(source);
    return source;
  }

  /** A source that will have no more events. */
  public void forget(EventSource source) {
    sources.remove(source);
  }

  /** The client itself as a source. */
  public EventSource clientSource() {
    return clientSource;
  }

  /** Who counts what happens. */
  public Telemetry telemetry() {
    return telemetry;
  }

  /** Whether anybody would be told of such an event. */
  public boolean isWanted(EventSource source, Class<? extends RespokeEvent> type) {
    return !clientSource.listeners().of(type).isEmpty()
        || !source.listeners().of(type).isEmpty()
        || (source.parent() != null && !source.parent().listeners().of(type).isEmpty());
  }

  /**
   * Queues an event of a source.
   *
   * @return false when it was not taken and the connection is to be dropped for that
   */
  public boolean fire(EventSource source, RespokeEvent event) {
    return !isWanted(source, event.getClass()) || source.offer(event);
  }

  /** Queues an event of the client. */
  public void fire(RespokeEvent event) {
    boolean unused = fire(clientSource, event);
  }

  @Override
  public void deliver(EventSource source, RespokeEvent event) {
    deliver(clientSource.listeners().of(event.getClass()), event);
    EventSource parent = source.parent();
    if (parent != null) {
      deliver(parent.listeners().of(event.getClass()), event);
    }
    if (source != clientSource) {
      deliver(source.listeners().of(event.getClass()), event);
    }
  }

  private void deliver(List<Listeners.Registration<?>> registrations, RespokeEvent event) {
    for (Listeners.Registration<?> registration : registrations) {
      try {
        registration.call(event);
      } catch (Throwable e) { // a listener may throw anything, and must not keep others from theirs
        listenerFailed(event, e);
      }
    }
  }

  private void listenerFailed(RespokeEvent event, Throwable failure) {
    boolean reportable =
        !(event instanceof ErrorOccurred e && e.origin() == ErrorOccurred.Origin.LISTENER);
    callbackFailed("A listener for " + event.getClass().getSimpleName(), failure, reportable);
  }

  private void callbackFailed(String which, Throwable failure, boolean reportable) {
    if (reportable && isWanted(clientSource, ErrorOccurred.class)) {
      fire(new ErrorOccurred(client, ErrorOccurred.Origin.LISTENER, failure));
    } else {
      LOG.log(Level.WARNING, which + " failed", failure);
    }
  }

  /** Calls a callback that is no listener; what it throws is reported as if it were one. */
  public <T> void call(String name, Consumer<? super T> callback, T value) {
    try {
      callback.accept(value);
    } catch (Throwable e) { // as a listener may
      callbackFailed(name, e, true);
    }
  }

  @Override
  public void overflowed(EventSource source, boolean first) {
    if (first) {
      tell(source, 1);
    }
    if (policy == OverflowPolicy.DISCONNECT) {
      dropConnection.accept(
          new IllegalStateException(
              "Listeners of " + source.name() + " are too slow: " + limit + " events wait"));
    }
  }

  @Override
  public void recovered(EventSource source, long count) {
    dropped.addAndGet(count);
    telemetry.eventsDropped(count);
    tell(source, count);
  }

  /**
   * Tells of an event that a subscriber of a publisher was too slow for. When that event itself
   * told of a slow consumer it is only counted: the next one would meet the same full buffer, and
   * the one after it too, without end.
   */
  void flowDropped(RespokeEvent event) {
    dropped.incrementAndGet();
    telemetry.eventsDropped(1);
    if (!(event instanceof SlowConsumer) && isWanted(clientSource, SlowConsumer.class)) {
      flowDrops.incrementAndGet();
      tellOfFlows();
    }
  }

  /** One such event waits at a time, for all that was dropped before it: it is never dropped. */
  private void tellOfFlows() {
    if (flowDrops.get() > 0 && tellingOfFlows.compareAndSet(false, true)) {
      clientSource.force(
          new SlowConsumer(client, "flow", flowDrops.getAndSet(0), OverflowPolicy.DROP_NEWEST));
      clientSource.then(
          () -> {
            tellingOfFlows.set(false);
            tellOfFlows();
          });
    }
  }

  private void tell(EventSource source, long count) {
    if (isWanted(clientSource, SlowConsumer.class)) {
      clientSource.force(new SlowConsumer(client, source.name(), count, policy));
    } else {
      LOG.log(
          Level.WARNING,
          "Listeners of {0} are too slow: {1} events dropped ({2})",
          source.name(),
          count,
          policy);
    }
  }

  /** How many events were dropped so far. */
  public long dropped() {
    return dropped.get();
  }

  /** How many events wait or are being delivered. */
  public int waiting() {
    return sources.stream().mapToInt(EventSource::waiting).sum();
  }
}
