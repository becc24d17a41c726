package io.respoke.core.call;

import io.respoke.Subscription;
import io.respoke.core.event.EventSource;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.RespokeEvent;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of one call or direct connection. What says where it is, is never dropped. */
final class SessionEvents {
  private final CallHost host;
  private final EventSource source;

  SessionEvents(CallHost host, String kind, String id, @Nullable String endpointId) {
    this.host = host;
    source =
        host.events()
            .source(kind + ':' + id, endpointId == null ? null : host.eventsOf(endpointId));
  }

  /** Fires an event that says where the session is. */
  void fire(RespokeEvent event) {
    if (host.events().isWanted(source, event.getClass())) {
      source.force(event);
    }
  }

  /** Fires an event that may be dropped, visibly, when listeners are too slow. */
  void offer(RespokeEvent event) {
    boolean unused = host.events().fire(source, event);
  }

  void problem(Throwable problem) {
    host.events().fire(new ErrorOccurred(host.client(), ErrorOccurred.Origin.MEDIA, problem));
  }

  boolean isWanted(Class<? extends RespokeEvent> type) {
    return host.events().isWanted(source, type);
  }

  /** Runs a callback of the application after the events before it. */
  <T> void call(String name, Consumer<? super T> callback, T value) {
    source.then(() -> host.events().call(name, callback, value));
  }

  <E extends RespokeEvent> Subscription listen(Class<E> type, Consumer<? super E> listener) {
    return source
        .listeners()
        .add(
            Objects.requireNonNull(type, "type"),
            Objects.requireNonNull(listener, "listener"),
            false);
  }

  /** There will be no more. */
  void end() {
    source.then(() -> host.events().forget(source));
  }
}
