package io.respoke.examples.interop.driver;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Predicate;

/** A client that lives in a driver: what it is told to do, and what it reports. */
public abstract class JavaScriptClient {
  private final Driver driver;
  private final String target;
  private final Received<ClientEvent> events;

  JavaScriptClient(Driver driver, String target) {
    this.driver = driver;
    this.target = target;
    this.events = driver.listen(target);
  }

  /**
   * Does an operation of the driver and waits for its result.
   *
   * @param args member names and values in turn: strings, numbers, booleans, JSON values; a pair
   *     whose value is {@code null} is left out
   * @throws ClientFailure if it fails
   */
  public JsonValue call(String operation, Object... args) {
    return driver.call(target, operation, members(args));
  }

  /** As {@link #call}, for an operation whose result is an object. */
  public JsonObject ask(String operation, Object... args) {
    return call(operation, args).asJsonObject();
  }

  /** Takes the oldest event of this name, waiting for it. */
  public ClientEvent await(String name) {
    return await(name, event -> true);
  }

  /** Takes the oldest event of this name whose member {@code key} is {@code value}. */
  public ClientEvent await(String name, String key, String value) {
    return events.await(
        name + " with " + key + " " + value,
        event -> event.name().equals(name) && value.equals(event.text(key)));
  }

  /** Takes the oldest event of this name that {@code wanted} accepts, waiting for it. */
  public ClientEvent await(String name, Predicate<ClientEvent> wanted) {
    return events.await(name, event -> event.name().equals(name) && wanted.test(event));
  }

  /** The events of this name that have come and were not taken. */
  public List<ClientEvent> rest(String name) {
    return events.rest().stream().filter(event -> event.name().equals(name)).toList();
  }

  void forget() {
    driver.forget(target);
  }

  static JsonObject members(Object... pairs) {
    var object = Json.object();
    for (int i = 0; i < pairs.length; i += 2) {
      String name = (String) pairs[i];
      Object value = pairs[i + 1];
      if (value instanceof String text) {
        object.add(name, text);
      } else if (value instanceof Number number) {
        object.add(name, number.longValue());
      } else if (value instanceof Boolean flag) {
        object.add(name, flag);
      } else if (value instanceof JsonValue json) {
        object.add(name, json);
      } else if (value != null) {
        throw new IllegalArgumentException(name + " is a " + value.getClass());
      }
    }
    return object.build();
  }
}
