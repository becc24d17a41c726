package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers as ack frames, and back. */
public final class ApiResponseCodec {
  /** How an answer is written (protocol-wire §3.3). */
  public enum AckForm {
    /** {@code [{"body":…,"headers":…,"statusCode":…}]}, for clients that announce Sails 0.10.0. */
    WRAPPED,
    /** {@code ["<JSON text of the body>"]}, for all others. */
    BARE
  }

  private ApiResponseCodec() {}

  /** The answer as an ack frame. */
  public static Frame.Ack encode(ApiResponse response, long id, AckForm form) {
    JsonArray args =
        form == AckForm.BARE
            ? Json.array().add(Json.write(response.body())).build()
            : Json.array().add(wrap(response)).build();
    return new Frame.Ack("", id, args);
  }

  private static JsonObject wrap(ApiResponse response) {
    JsonObjectBuilder headers = Json.object();
    response
        .headers()
        .forEach(
            (name, value) -> {
              if (isWhole(value)) {
                headers.add(name, Long.parseLong(value));
              } else {
                headers.add(name, value);
              }
            });
    return Json.object()
        .add("body", response.body())
        .add("headers", headers)
        .add("statusCode", response.status())
        .build();
  }

  private static boolean isWhole(String value) {
    return !value.isEmpty()
        && value.length() < 10
        && (value.length() == 1 || value.charAt(0) != '0')
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * Reads an answer in either form; never fails. A body that is JSON text is parsed, one that does
   * not parse is kept as a string; a missing body is JSON null.
   */
  public static ApiResponse decode(Frame.Ack ack) {
    JsonValue first = ack.args().isEmpty() ? JsonValue.NULL : ack.args().get(0);
    if (first instanceof JsonObject object && object.get("statusCode") instanceof JsonNumber) {
      Long status = Json.whole(object, "statusCode");
      Map<String, String> headers = new LinkedHashMap<>();
      JsonObject given = Json.object(object, "headers");
      if (given != null) {
        for (String name : given.keySet()) {
          String value = Json.text(given, name);
          if (value != null) {
            headers.put(name, value);
          }
        }
      }
      int code = status == null || status < 100 || status > 999 ? 200 : status.intValue();
      return new ApiResponse(code, headers, body(object.getOrDefault("body", JsonValue.NULL)));
    }
    return new ApiResponse(200, Map.of(), body(first));
  }

  private static JsonValue body(JsonValue body) {
    if (body instanceof JsonString text) {
      try {
        return Json.parse(text.getString());
      } catch (MalformedJsonException e) {
        return body;
      }
    }
    return body;
  }
}
