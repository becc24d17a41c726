package io.respoke.cdi.model;

import io.respoke.event.RespokeEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An observer method of the application that may be told of events.
 *
 * @param eventType the name of the observed class
 * @param client the client it names; empty for all clients
 * @param narrowings the qualifiers by value it names
 * @param where the method, for messages
 */
public record ObserverSpec(
    String eventType, Optional<String> client, Set<Narrowing> narrowings, String where) {
  /** Copies the set. */
  public ObserverSpec {
    narrowings = Set.copyOf(narrowings);
  }

  /** Whether it names one of this library's qualifiers or event types. */
  public boolean isOurs() {
    return client.isPresent() || !narrowings.isEmpty() || EventTypes.isEvent(eventType);
  }

  /** The records it can be told of. */
  public List<Class<? extends RespokeEvent>> records() {
    return EventTypes.recordsOf(eventType).stream()
        .filter(type -> narrowings.stream().allMatch(n -> Narrowing.fits(n.kind(), type)))
        .toList();
  }

  /** What is wrong with it. */
  Optional<String> problem() {
    if (EventTypes.recordsOf(eventType).isEmpty()) {
      return Optional.of(
          where
              + " observes "
              + eventType
              + " with a qualifier of Respoke, but that is no event of Respoke. Observe one of: "
              + EventTypes.names()
              + ".");
    }
    if (records().isEmpty()) {
      List<String> qualifiers =
          narrowings.stream()
              .map(n -> "@" + n.kind().qualifier().getSimpleName())
              .sorted()
              .toList();
      return Optional.of(
          where
              + " observes "
              + eventType
              + " with "
              + String.join(" and ", qualifiers)
              + ", which no such event has. Leave the qualifier out, or observe another event.");
    }
    return Optional.empty();
  }
}
