package io.respoke.service.conformance;

import io.respoke.protocol.Json;
import io.respoke.protocol.ProtocolException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares text with a template in which {@code $name} stands for a value: the one it had before,
 * or any, which is kept. {@code $*} is any value each time. JSON is compared as JSON, also where it
 * is the text of a string; its objects must have the same members, no more and no less.
 */
final class Template {
  private static final Pattern NAME = Pattern.compile("\\$(\\*|[A-Za-z][A-Za-z0-9.]*)");

  private final Map<String, String> values;

  /** The values are read and added to. */
  Template(Map<String, String> values) {
    this.values = values;
  }

  /** The template with all its values, which must be known. */
  String fill(String template) {
    return NAME.matcher(template)
        .replaceAll(
            match -> {
              String value = values.get(match.group(1));
              if (value == null) {
                throw new AssertionError("no value for " + match.group() + " in " + template);
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** Whether a frame is like the template: the head as text, the rest as JSON. */
  boolean matchesFrame(String template, String frame) {
    int json = jsonStart(template);
    if (json < 0) {
      return matches(template, frame);
    }
    return frame.length() > json
        && matches(template.substring(0, json), frame.substring(0, json))
        && matchesJson(template.substring(json), frame.substring(json));
  }

  private static int jsonStart(String frame) {
    int brace = frame.indexOf('{');
    int bracket = frame.indexOf('[');
    return brace < 0 ? bracket : bracket < 0 ? brace : Math.min(brace, bracket);
  }

  boolean matchesJson(String template, String text) {
    try {
      return matches(Json.parse(template), Json.parse(text));
    } catch (ProtocolException e) {
      return false;
    }
  }

  private boolean matches(JsonValue template, JsonValue value) {
    if (template instanceof JsonObject wanted) {
      if (!(value instanceof JsonObject found) || wanted.size() != found.size()) {
        return false;
      }
      return wanted.entrySet().stream()
          .allMatch(
              member -> {
                JsonValue at = found.get(fill(member.getKey()));
                return at != null && matches(member.getValue(), at);
              });
    }
    if (template instanceof JsonArray wanted) {
      if (!(value instanceof JsonArray found) || wanted.size() != found.size()) {
        return false;
      }
      for (int i = 0; i < wanted.size(); i++) {
        if (!matches(wanted.get(i), found.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (template instanceof JsonString text) {
      return matchesText(text.getString(), value);
    }
    return template.equals(value);
  }

  private boolean matchesText(String template, JsonValue value) {
    if (template.equals("$*")) {
      return true;
    }
    String text = Json.text(value);
    if (text == null) {
      return false;
    }
    if (template.startsWith("{") && value instanceof JsonString) {
      return matchesJson(template, text);
    }
    return (value instanceof JsonString || template.startsWith("$")) && matches(template, text);
  }

  /** Whether text is like the template. */
  boolean matches(String template, String text) {
    StringBuilder pattern = new StringBuilder();
    Matcher names = NAME.matcher(template);
    List<String> unknown = new ArrayList<>();
    int from = 0;
    while (names.find()) {
      pattern.append(Pattern.quote(template.substring(from, names.start())));
      String known = values.get(names.group(1));
      if (known == null) {
        unknown.add(names.group(1));
        pattern.append("(.+?)");
      } else {
        pattern.append(Pattern.quote(known));
      }
      from = names.end();
    }
    pattern.append(Pattern.quote(template.substring(from)));
    Matcher matcher = Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 0; i < unknown.size(); i++) {
      if (!unknown.get(i).equals("*")) {
        values.put(unknown.get(i), matcher.group(i + 1));
      }
    }
    return true;
  }
}
