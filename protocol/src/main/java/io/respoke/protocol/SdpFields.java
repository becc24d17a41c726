package io.respoke.protocol;

import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The members of a parsed description, read so that they can stand in a line of text. */
record SdpFields(JsonObject json) {
  /** A member that must be there. */
  String need(String name) {
    String text = get(name);
    if (text == null || text.isEmpty()) {
      throw new MalformedSignalException("parsed description without " + name, json.toString());
    }
    return text;
  }

  /** A member with something before it, or nothing when it is absent. */
  String optional(String before, String name) {
    String text = get(name);
    return text == null || text.isEmpty() ? "" : before + text;
  }

  /** A member, or what stands for it. */
  String or(String name, String fallback) {
    String text = get(name);
    return text == null || text.isEmpty() ? fallback : text;
  }

  /** A member as text, or {@code null}. */
  @Nullable String get(String name) {
    String text = Json.text(json, name);
    return text == null ? null : line(text);
  }

  /** Text that does not begin another line, which would be another attribute. */
  static String line(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw new MalformedSignalException("parsed description with a control character", text);
      }
    }
    return text;
  }
}
