package io.respoke.core.scenario;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an object of the engine holds on to, directly or through others of the engine. */
final class Held {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> todo = new ArrayDeque<>();

  private Held() {}

  /** How many objects of a class. */
  static long count(Object by, Class<?> type) {
    Held held = new Held();
    held.add(by);
    for (Object next = held.todo.poll(); next != null; next = held.todo.poll()) {
      held.visit(next);
    }
    return held.seen.stream().filter(type::isInstance).count();
  }

  private void add(@Nullable Object object) {
    if (object != null && seen.add(object)) {
      todo.add(object);
    }
  }

  private void visit(Object object) {
    if (object instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            add(key);
            add(value);
          });
    } else if (object instanceof Iterable<?> all) {
      all.forEach(this::add);
    } else if (object.getClass().getName().startsWith("io.respoke.core.")) {
      for (Class<?> c = object.getClass(); c != null && c != Object.class; c = c.getSuperclass()) {
        fields(object, c);
      }
    }
  }

  private void fields(Object object, Class<?> type) {
    if (!type.getName().startsWith("io.respoke.core.")) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
        try {
          field.setAccessible(true);
          add(field.get(object));
        } catch (IllegalAccessException e) {
          throw new LinkageError("Cannot look into " + field, e);
        }
      }
    }
  }
}
