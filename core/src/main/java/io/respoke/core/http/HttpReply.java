package io.respoke.core.http;

import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedJsonException;
import io.respoke.protocol.Wire;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer.
 *
 * @param status the status code
 * @param requestId the service's correlation id, if it gave one
 * @param headers the headers of the service's rate limit, as far as present
 * @param text the body
 */
public record HttpReply(
    int status, @Nullable String requestId, Map<String, String> headers, String text) {

  /** The body as JSON, or {@code null} when it is not JSON. */
  public @Nullable JsonValue json() {
    try {
      return Json.parse(text);
    } catch (MalformedJsonException e) {
      return null;
    }
  }

  /** The same in the terms of the socket; a body that is no JSON becomes an empty object. */
  public ApiResponse asResponse() {
    Map<String, String> all = new LinkedHashMap<>(headers);
    if (requestId != null) {
      all.put(Wire.REQUEST_ID, requestId);
    }
    JsonValue body = json();
    return new ApiResponse(status, all, body == null ? JsonValue.EMPTY_JSON_OBJECT : body);
  }

  /** Without the body, which may hold a token. */
  @Override
  public String toString() {
    return "HttpReply[status=" + status + "]";
  }
}
