package io.respoke;

import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * An offered audio or video session. This version tells what is offered; the service's other
 * connections of the same endpoint keep ringing.
 */
public interface Call {
  /** The session id. */
  String id();

  /** Who calls. */
  Endpoint endpoint();

  /** The caller's connection, when the service said. */
  Optional<String> connectionId();

  /** {@code call}, {@code screenshare} or {@code conference}. */
  String target();

  /** What the caller attached. */
  Optional<JsonValue> metadata();
}
