package io.respoke;

import jakarta.json.JsonValue;
import java.util.Optional;

/** An offered peer-to-peer data session. This version tells what is offered. */
public interface DirectConnection {
  /** The session id. */
  String id();

  /** Who offers it. */
  Endpoint endpoint();

  /** The offering connection, when the service said. */
  Optional<String> connectionId();

  /** What the other side attached. */
  Optional<JsonValue> metadata();
}
