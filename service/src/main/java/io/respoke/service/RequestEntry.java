package io.respoke.service;

import io.respoke.protocol.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered, for an access log: over HTTP, over a socket, or a handshake. It has
 * no query, no body and no credential.
 *
 * @param at when it had come
 * @param requestId what its answer, and the events it caused, carry as {@code Request-Id}
 * @param socket whether it came over a socket
 * @param method the verb in lower case
 * @param path the path as sent; anybody may send anything
 * @param status the status of the answer
 * @param took until it was answered
 * @param remoteAddress where it came from
 * @param caller on whose behalf
 * @param appId the app of an endpoint or of an app's server, else {@code null}
 * @param name the endpoint, or the administrator, or who wants to sign in as one; else {@code null}
 * @param administrative whether it belongs into an audit log: it signs somebody in, makes a token,
 *     or changes an app, a role or a webhook, or drops somebody's connection; refused ones as well
 */
public record RequestEntry(
    Instant at,
    String requestId,
    boolean socket,
    String method,
    String path,
    int status,
    Duration took,
    String remoteAddress,
    Caller caller,
    @Nullable String appId,
    @Nullable String name,
    boolean administrative) {

  /** Who makes a request. */
  public enum Caller {
    /** No credential was given. */
    ANONYMOUS,
    /** A credential was given that is not valid, or is no longer. */
    REJECTED,
    /** An endpoint, by its App-Token. */
    ENDPOINT,
    /** An app's server, by its App-Secret. */
    APP,
    /** An administrator, by an Admin-Token or in the console. */
    ADMINISTRATOR
  }

  /**
   * The entry as a JSON object on one line: {@code at}, {@code requestId}, {@code channel} ({@code
   * http} or {@code socket}), {@code method}, {@code path}, {@code status}, {@code ms}, {@code
   * address}, {@code caller} in lower case, and {@code app} and {@code name} where there are any.
   */
  public String toJson() {
    JsonObjectBuilder object =
        Json.object()
            .add("at", at.toString())
            .add("requestId", requestId)
            .add("channel", socket ? "socket" : "http")
            .add("method", method)
            .add("path", path)
            .add("status", status)
            .add("ms", took.toMillis())
            .add("address", remoteAddress)
            .add("caller", caller.name().toLowerCase(Locale.ROOT));
    if (appId != null) {
      object.add("app", appId);
    }
    if (name != null) {
      object.add("name", name);
    }
    return Json.write(object.build());
  }
}
