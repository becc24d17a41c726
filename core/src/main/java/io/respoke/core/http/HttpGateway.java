package io.respoke.core.http;

import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Plain HTTP: token, session and administration requests, and the Socket.IO handshake. */
public interface HttpGateway {
  /**
   * Sends a request. Never blocks.
   *
   * @param method the verb
   * @param body the JSON body, or {@code null}
   * @param limit how long to wait for the answer, all of it
   * @return completed with the answer, whatever its status; failed with an {@link
   *     java.io.IOException} when there is none. Cancelling it drops the exchange
   */
  CompletableFuture<HttpReply> send(
      String method,
      URI uri,
      Map<String, String> headers,
      @Nullable JsonValue body,
      Duration limit);
}
