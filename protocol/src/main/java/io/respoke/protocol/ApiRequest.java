package io.respoke.protocol;

import jakarta.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request in the REST-over-socket convention (protocol-wire §3.1).
 *
 * @param method the HTTP verb in lower case: {@code get}, {@code post}, {@code put}, {@code delete}
 * @param path the path with its query, starting with {@code /}, as sent
 * @param headers the simulated HTTP headers
 * @param data the body, or {@code null} for none
 */
public record ApiRequest(
    String method, String path, Map<String, String> headers, @Nullable JsonObject data) {
  /** Checks the path and copies the headers, in their order. */
  public ApiRequest {
    method = method.toLowerCase(Locale.ROOT);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path must start with '/': " + Redaction.redact(path));
    }
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

  /** Without headers, which may hold credentials, and without the body. */
  @Override
  public String toString() {
    return method + " " + Redaction.redact(path);
  }
}
