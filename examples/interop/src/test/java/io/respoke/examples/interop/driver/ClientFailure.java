package io.respoke.examples.interop.driver;

import jakarta.json.JsonObject;

/** An operation that the JavaScript client refused or that failed: its promise was rejected. */
public final class ClientFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;
  private final transient JsonObject details;

  ClientFailure(String type, String message, JsonObject details) {
    super(type + ": " + message);
    this.type = type;
    this.details = details;
  }

  /** The {@code name} of the JavaScript error. */
  public String type() {
    return type;
  }

  /** Type, message and, for an answer of the service, {@code res}. */
  public JsonObject details() {
    return details;
  }
}
