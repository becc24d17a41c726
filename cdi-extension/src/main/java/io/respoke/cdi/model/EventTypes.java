package io.respoke.cdi.model;

import io.respoke.event.RespokeEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The vocabulary of events, read from its sealed root. */
public final class EventTypes {
  private static final Map<String, Class<?>> ALL = new LinkedHashMap<>();
  private static final Set<String> SUPERTYPES = Set.of("java.lang.Object", "java.lang.Record");

  static {
    collect(RespokeEvent.class);
  }

  private EventTypes() {}

  private static void collect(Class<?> type) {
    ALL.put(type.getName(), type);
    @Nullable Class<?>[] permitted = type.getPermittedSubclasses();
    if (permitted != null) {
      for (Class<?> subtype : type.getPermittedSubclasses()) {
        collect(subtype);
      }
    }
  }

  /** Whether it is the root, a record or one of the interfaces between. */
  public static boolean isEvent(String typeName) {
    return ALL.containsKey(typeName);
  }

  /** Whether every event is one of these too, without the type being one of events only. */
  static boolean isSupertype(String typeName) {
    return SUPERTYPES.contains(typeName);
  }

  /** The records an observer of the type is told of; none for a type that is no event. */
  public static List<Class<? extends RespokeEvent>> recordsOf(String typeName) {
    Class<?> observed = isSupertype(typeName) ? RespokeEvent.class : ALL.get(typeName);
    if (observed == null) {
      return List.of();
    }
    List<Class<? extends RespokeEvent>> records = new ArrayList<>();
    for (Class<?> type : ALL.values()) {
      if (type.isRecord() && observed.isAssignableFrom(type)) {
        records.add(type.asSubclass(RespokeEvent.class));
      }
    }
    return Collections.unmodifiableList(records);
  }

  /** All of them by their simple names, for messages. */
  static String names() {
    return ALL.values().stream()
        .map(Class::getSimpleName)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
