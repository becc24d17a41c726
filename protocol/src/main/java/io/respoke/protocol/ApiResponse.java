package io.respoke.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an {@link ApiRequest}.
 *
 * @param status the HTTP status; 200 for a bare answer, which carries none
 * @param headers the simulated headers; empty for a bare answer
 * @param body the body; an object or an array from a well-behaved service, never a Java null
 */
public record ApiResponse(int status, Map<String, String> headers, JsonValue body) {
  /** Copies the headers, in their order. */
  public ApiResponse {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** A header's value by case-insensitive name, or {@code null}. */
  public @Nullable String header(String name) {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return null;
  }

  /**
   * The body's {@code error} text: {@code null} when the body is no object or has none, or an empty
   * one. Clients of bare answers have nothing else to tell a failure by.
   */
  public @Nullable String error() {
    if (!(body instanceof JsonObject object) || !object.containsKey("error")) {
      return null;
    }
    JsonValue error = object.get("error");
    if (error == null || error == JsonValue.NULL || error == JsonValue.FALSE) {
      return null;
    }
    String text = Json.text(error);
    String written = text == null ? Json.write(error) : text;
    return written.isEmpty() ? null : written;
  }

  /**
   * Whether the request failed: a status of 400 or more but 418, or an {@code error}. The SDKs took
   * 418, 302, 205 and 204 for success (features §5.8).
   */
  public boolean failed() {
    return (status >= 400 && status != 418) || error() != null;
  }

  /** Without the body, which may hold a token. */
  @Override
  public String toString() {
    return "ApiResponse[status=" + status + "]";
  }
}
