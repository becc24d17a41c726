package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.service.state.Connection;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to many connections, encoded once for each form that is needed: bodies that
 * are not strings become their JSON text for the mobile SDKs (protocol-wire R-68).
 */
final class Fan {
  private final JsonValue body;
  private final Function<JsonValue, String> encode;
  private @Nullable String natural;
  private @Nullable String text;

  Fan(JsonValue body, Function<JsonValue, String> encode) {
    this.body = body;
    this.encode = encode;
  }

  void to(Collection<Connection> recipients, @Nullable Connection except) {
    for (Connection recipient : recipients) {
      if (recipient != except) {
        to(recipient);
      }
    }
  }

  void to(Connection recipient) {
    if (body instanceof JsonString || !recipient.traits().sdk().stringBodies()) {
      if (natural == null) {
        natural = encode.apply(body);
      }
      recipient.send(natural);
    } else {
      if (text == null) {
        text = encode.apply(Json.string(Json.write(body)));
      }
      recipient.send(text);
    }
  }
}
