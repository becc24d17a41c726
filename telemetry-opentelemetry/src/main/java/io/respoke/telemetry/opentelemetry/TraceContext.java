package io.respoke.telemetry.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.respoke.Call;
import io.respoke.DirectConnection;
import io.respoke.Message;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The trace context that goes along with calls and messages: the members {@code traceparent} and
 * {@code tracestate} of W3C, or those of whatever propagator an {@link OpenTelemetry} has. Clients
 * add it to what they send; here receivers read it.
 *
 * <pre>{@code
 * Span span = tracer.spanBuilder("answer").setParent(TraceContext.of(openTelemetry, call)).startSpan();
 * }</pre>
 *
 * <p>It is what the other side says: fit to link traces, not to decide anything by.
 */
public final class TraceContext {
  private static final TextMapGetter<JsonObject> MEMBERS =
      new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation") // older propagators ask for them
        public Iterable<String> keys(JsonObject from) {
          return from.keySet();
        }

        @Override
        public @Nullable String get(@Nullable JsonObject from, String name) {
          return from != null && from.get(name) instanceof JsonString text
              ? text.getString()
              : null;
        }
      };

  private TraceContext() {}

  /** The context of who calls, from the call's metadata; the root where there is none. */
  public static Context of(OpenTelemetry openTelemetry, Call call) {
    return read(openTelemetry, call.metadata().orElse(JsonValue.NULL));
  }

  /** The context of who connects, from the metadata; the root where there is none. */
  public static Context of(OpenTelemetry openTelemetry, DirectConnection connection) {
    return read(openTelemetry, connection.metadata().orElse(JsonValue.NULL));
  }

  /** The context of who has sent a message; the root where there is none. */
  public static Context of(OpenTelemetry openTelemetry, Message message) {
    return read(openTelemetry, message.json());
  }

  private static Context read(OpenTelemetry openTelemetry, JsonValue json) {
    return json instanceof JsonObject members
        ? openTelemetry
            .getPropagators()
            .getTextMapPropagator()
            .extract(Context.root(), members, MEMBERS)
        : Context.root();
  }

  /** What goes along with something that is begun in the current context. */
  static Map<String, String> current(OpenTelemetry openTelemetry) {
    Map<String, String> members = new TreeMap<>();
    openTelemetry
        .getPropagators()
        .getTextMapPropagator()
        .inject(
            Context.current(),
            members,
            (carrier, name, value) -> {
              if (carrier != null) {
                carrier.put(name, value);
              }
            });
    return members;
  }
}
