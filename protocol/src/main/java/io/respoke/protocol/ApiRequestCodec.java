package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests as event frames, and back. */
public final class ApiRequestCodec {
  private static final Set<String> METHODS =
      Set.of("get", "post", "put", "delete", "patch", "options", "head");

  /** How the one argument of a request is written. */
  public enum ArgumentForm {
    /** A JSON string that holds the object: respoke.js, Node, Asterisk. */
    STRING,
    /** The object itself: Android, iOS. */
    OBJECT
  }

  private ApiRequestCodec() {}

  /** The request as an event frame that asks for an ack with data. */
  public static Frame.Event encode(ApiRequest request, long id, ArgumentForm form) {
    JsonObjectBuilder argument = Json.object().add("url", request.path());
    if (request.data() != null) {
      argument.add("data", request.data());
    }
    JsonObjectBuilder headers = Json.object();
    request.headers().forEach(headers::add);
    JsonObject object = argument.add("headers", headers).build();
    JsonValue value = form == ArgumentForm.OBJECT ? object : Json.string(Json.write(object));
    JsonArray args = Json.array().add(value).build();
    return new Frame.Event(new Frame.Id(id, true), "", request.method(), args);
  }

  /** Whether an event's name is a request's verb. */
  public static boolean isRequest(Frame.Event event) {
    return METHODS.contains(event.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Reads a request. Takes both argument forms, {@code params} as a synonym of {@code data}, and
   * absolute URLs, whose scheme and host are cut off (respoke-admin). Headers that are JSON null,
   * empty or the text {@code null} are absent (protocol-wire §1.2).
   *
   * @throws MalformedRequestException if the event is not a request, or nests deeper than {@link
   *     Json#MAX_DEPTH}
   */
  public static ApiRequest decode(Frame.Event event) {
    if (!isRequest(event)) {
      throw new MalformedRequestException("event is no HTTP verb", event.name());
    }
    JsonObject argument = argument(event);
    String url = Json.text(argument, "url");
    if (url == null || url.isEmpty()) {
      throw new MalformedRequestException("request without a url", Json.write(event.args()));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    JsonObject given = Json.object(argument, "headers");
    if (given != null) {
      for (String name : given.keySet()) {
        String value = Json.text(given, name);
        if (value != null && !value.isEmpty() && !value.equals("null")) {
          headers.put(name, value);
        }
      }
    }
    return new ApiRequest(event.name(), path(url), headers, data(argument));
  }

  private static JsonObject argument(Frame.Event event) {
    JsonValue first = event.args().isEmpty() ? JsonValue.NULL : event.args().get(0);
    if (first instanceof JsonObject object) {
      if (Json.depth(object) > Json.MAX_DEPTH) {
        throw new MalformedRequestException(
            "request nests deeper than " + Json.MAX_DEPTH, event.name());
      }
      return object;
    }
    if (first instanceof JsonString text) {
      try {
        return Json.parseObject(text.getString());
      } catch (MalformedJsonException e) {
        throw new MalformedRequestException(
            "request whose argument is no JSON object", text.getString(), e);
      }
    }
    throw new MalformedRequestException("request without an argument", Json.write(event.args()));
  }

  private static @Nullable JsonObject data(JsonObject argument) {
    JsonObject params = Json.object(argument, "params");
    JsonObject data = Json.object(argument, "data");
    if (params == null || data == null) {
      return data == null ? params : data;
    }
    JsonObjectBuilder merged = Json.object(params);
    data.forEach(merged::add);
    return merged.build();
  }

  static String path(String url) {
    int scheme = url.indexOf("://");
    if (scheme >= 0 && url.lastIndexOf('/', scheme) < 0) {
      int slash = url.indexOf('/', scheme + 3);
      return slash < 0 ? "/" : url.substring(slash);
    }
    return url.startsWith("/") ? url : '/' + url;
  }
}
