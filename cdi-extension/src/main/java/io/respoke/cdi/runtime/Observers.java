package io.respoke.cdi.runtime;

import io.respoke.cdi.RespokeClient;
import io.respoke.cdi.model.Narrowing;
import io.respoke.event.RespokeEvent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The observer methods for the events of one client. They are looked up once for each type of event
 * and set of qualifiers; both are few, because only values that some observer names count.
 */
final class Observers {
  /** Those for one kind of event, in the order of their priorities. */
  record Found(
      Set<Annotation> qualifiers,
      List<ObserverMethod<? super RespokeEvent>> inOrder,
      List<ObserverMethod<? super RespokeEvent>> async) {}

  private record Kind(Class<?> type, Set<Narrowing> values) {}

  private final BeanContainer container;
  private final RespokeClient client;
  private final Set<Narrowing> named;
  private final Map<Kind, Found> known = new ConcurrentHashMap<>();

  Observers(BeanContainer container, String client, Set<Narrowing> named) {
    this.container = container;
    this.client = RespokeClient.Literal.of(client);
    this.named = named;
  }

  Found of(RespokeEvent event) {
    Set<Narrowing> values = Set.of();
    if (!named.isEmpty()) {
      values = new HashSet<>();
      for (Narrowing.Kind kind : Narrowing.Kind.values()) {
        Narrowing.valueOf(kind, event)
            .map(value -> new Narrowing(kind, value))
            .filter(named::contains)
            .ifPresent(values::add);
      }
    }
    return known.computeIfAbsent(new Kind(event.getClass(), values), kind -> find(event, kind));
  }

  private Found find(RespokeEvent event, Kind kind) {
    Set<Annotation> qualifiers = new HashSet<>();
    qualifiers.add(Any.Literal.INSTANCE);
    qualifiers.add(client);
    kind.values().forEach(value -> qualifiers.add(value.literal()));
    List<ObserverMethod<? super RespokeEvent>> inOrder = new ArrayList<>();
    List<ObserverMethod<? super RespokeEvent>> async = new ArrayList<>();
    for (ObserverMethod<? super RespokeEvent> observer :
        container.resolveObserverMethods(event, qualifiers.toArray(Annotation[]::new))) {
      (observer.isAsync() ? async : inOrder).add(observer);
    }
    return new Found(Set.copyOf(qualifiers), List.copyOf(inOrder), List.copyOf(async));
  }
}
