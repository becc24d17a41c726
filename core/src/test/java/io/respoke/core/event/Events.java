package io.respoke.core.event;

import io.respoke.Client;
import io.respoke.Message;
import io.respoke.event.MessageReceived;
import io.respoke.event.UnknownEvent;
import jakarta.json.JsonValue;
import java.lang.reflect.Proxy;

/** Events for tests that need no more than their type and name. */
final class Events {
  private static final Client CLIENT = unused(Client.class);

  private Events() {}

  static UnknownEvent named(String name) {
    return new UnknownEvent(CLIENT, name, JsonValue.EMPTY_JSON_ARRAY, "");
  }

  static MessageReceived message() {
    return new MessageReceived(CLIENT, unused(Message.class));
  }

  /** An object whose methods must not be called. */
  private static <T> T unused(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              throw new UnsupportedOperationException(method.getName());
            }));
  }
}
