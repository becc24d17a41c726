package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The session part of a description, or one of its media, while it is read; and how it is written.
 */
final class SdpSection {
  private static final List<String> DIRECTIONS =
      List.of("sendrecv", "sendonly", "recvonly", "inactive");
  private static final String MUX = "rtcp-mux";
  private static final String OTHER = "invalid";
  private static final String CRLF = "\r\n";

  private final Map<String, JsonValue> single = new LinkedHashMap<>();
  private final Map<String, JsonArrayBuilder> lists = new LinkedHashMap<>();

  void put(String member, JsonValue value) {
    single.put(member, value);
  }

  /** Takes the text behind {@code a=}. */
  void attribute(String text) {
    if (text.isEmpty()) {
      return;
    }
    if (DIRECTIONS.contains(text)) {
      put("direction", Json.string(text));
      return;
    }
    if (text.equals(MUX)) {
      put("rtcpMux", Json.string(MUX));
      return;
    }
    int colon = text.indexOf(':');
    if (colon > 0) {
      String name = text.substring(0, colon);
      for (SdpAttribute attribute : SdpAttribute.ALL) {
        if (attribute.name().equals(name)) {
          JsonValue value = attribute.read().apply(text.substring(colon + 1));
          if (value != null) {
            add(attribute, value);
            return;
          }
        }
      }
    }
    add(OTHER, Json.object().add("value", text).build());
  }

  /** Takes a limit; {@code null} is none. */
  void bandwidth(@Nullable JsonObject limit) {
    if (limit != null) {
      add("bandwidth", limit);
    }
  }

  private void add(SdpAttribute attribute, JsonValue value) {
    if (attribute.many()) {
      add(attribute.member(), value);
    } else {
      put(attribute.member(), value);
    }
  }

  private void add(String list, JsonValue value) {
    lists.computeIfAbsent(list, name -> Json.array()).add(value);
  }

  JsonObject toJson() {
    JsonObjectBuilder out = Json.object();
    single.forEach(out::add);
    lists.forEach(out::add);
    return out.build();
  }

  /** Writes all attributes of a section. */
  static void write(JsonObject section, StringBuilder out) {
    for (SdpAttribute attribute : SdpAttribute.ALL) {
      JsonValue value = section.get(attribute.member());
      if (value == null || value == JsonValue.NULL) {
        continue;
      }
      if (!attribute.many()) {
        line(out, attribute, value);
      } else if (value instanceof JsonArray array) {
        array.forEach(element -> line(out, attribute, element));
      } else {
        throw new MalformedSignalException(
            "parsed description: " + attribute.member() + " is no list", value.toString());
      }
    }
    flag(out, Json.text(section, "direction"));
    if (section.containsKey("rtcpMux")) {
      flag(out, MUX);
    }
    JsonArray others = Json.array(section, OTHER);
    if (others != null) {
      for (JsonValue other : others) {
        String text =
            other instanceof JsonObject object
                ? Json.text(object, "value")
                : other instanceof JsonString string ? string.getString() : null;
        flag(out, text == null ? null : SdpFields.line(text));
      }
    }
  }

  private static void line(StringBuilder out, SdpAttribute attribute, JsonValue value) {
    out.append("a=")
        .append(attribute.name())
        .append(':')
        .append(attribute.write().apply(value))
        .append(CRLF);
  }

  private static void flag(StringBuilder out, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      out.append("a=").append(SdpFields.line(text)).append(CRLF);
    }
  }
}
