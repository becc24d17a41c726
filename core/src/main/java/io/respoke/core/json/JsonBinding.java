package io.respoke.core.json;

import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedJsonException;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Java objects as JSON and back, through JSON-B. The binding is made when it is first needed, with
 * the class loader the client was created with, because a provider may live in the application.
 */
public final class JsonBinding implements AutoCloseable {
  private final @Nullable ClassLoader loader;
  private @Nullable Jsonb jsonb;
  private boolean closed;

  /** A binding that looks for its provider with this class loader. */
  public JsonBinding(@Nullable ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * A value as JSON: text, booleans and {@link JsonValue}s as they are, other objects through
   * JSON-B.
   *
   * @throws IllegalArgumentException if it cannot be bound
   */
  public JsonValue toJson(Object value) {
    Objects.requireNonNull(value, "value");
    if (value instanceof JsonValue json) {
      return json;
    }
    if (value instanceof CharSequence text) {
      return Json.string(text.toString());
    }
    if (value instanceof Boolean flag) {
      return flag ? JsonValue.TRUE : JsonValue.FALSE;
    }
    try {
      return Json.parse(jsonb().toJson(value));
    } catch (JsonbException | MalformedJsonException e) {
      throw new IllegalArgumentException(
          "Cannot write a " + value.getClass().getName() + " as JSON: " + e.getMessage(), e);
    }
  }

  /** The text of a value: a string's content, else its JSON. */
  public static String text(JsonValue value) {
    return value instanceof JsonString text ? text.getString() : Json.write(value);
  }

  /**
   * A value as an object of a class; of the class that wraps it for a primitive type, whose own
   * {@link Class#cast} takes nothing.
   */
  @SuppressWarnings("unchecked") // the class of a primitive type stands for its wrapper
  public <T> T bind(JsonValue value, Class<T> type) {
    return (T) MethodType.methodType(type).wrap().returnType().cast(fromJson(value, type));
  }

  /** A value as a Java object. */
  public Object fromJson(JsonValue value, Type type) {
    if (type == String.class) {
      return text(value);
    }
    if (type instanceof Class<?> wanted
        && JsonValue.class.isAssignableFrom(wanted)
        && wanted.isInstance(value)) {
      return value;
    }
    return jsonb().fromJson(Json.write(bindable(value)), type);
  }

  /** Text that holds an object or array is bound as that: mobile clients send objects as text. */
  private static JsonValue bindable(JsonValue value) {
    if (value instanceof JsonString text) {
      String content = text.getString().strip();
      if (content.startsWith("{") || content.startsWith("[")) {
        try {
          return Json.parse(content);
        } catch (MalformedJsonException e) {
          return value;
        }
      }
    }
    return value;
  }

  private synchronized Jsonb jsonb() {
    if (closed) {
      throw new IllegalStateException("The client is closed");
    }
    if (jsonb == null) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        jsonb = JsonbBuilder.create();
      } finally {
        thread.setContextClassLoader(before);
      }
    }
    return jsonb;
  }

  @Override
  public synchronized void close() {
    closed = true;
    Jsonb open = jsonb;
    jsonb = null;
    if (open != null) {
      try {
        open.close();
      } catch (Exception e) {
        // Closing a binding releases caches only; there is nothing a caller could do about it.
        System.getLogger(JsonBinding.class.getName())
            .log(System.Logger.Level.DEBUG, "Closing JSON-B failed", e);
      }
    }
  }
}
