package io.respoke.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A candidate as an attribute's text and as an object of the parsed description. */
final class SdpCandidate {
  private static final String PREFIX = "candidate:";
  private static final Pattern FORM =
      Pattern.compile(
          "(\\S+) (\\d{1,5}) (\\S+) (\\d{1,10}) (\\S+) (\\d{1,5}) typ (\\S+)"
              + "(?: raddr (\\S+) rport (\\d{1,5}))?(?: tcptype (\\S+))?"
              + "(?: generation (\\d{1,9}))?(?: .*)?");
  private static final List<String> MEMBERS =
      List.of(
          "foundation",
          "component#",
          "transport",
          "priority#",
          "ip",
          "port#",
          "type",
          "raddr",
          "rport#",
          "tcptype",
          "generation#");

  private SdpCandidate() {}

  /**
   * Reads the text behind {@code a=candidate:}. Extensions beyond the generation are left out: no
   * reader of this form knows them. {@code null} for text that is no candidate.
   */
  static @Nullable JsonObject parse(String text) {
    JsonObject read = SdpAttribute.members(FORM, MEMBERS, text);
    if (read == null) {
      return null;
    }
    JsonObjectBuilder out =
        Json.object().add("foundation", foundation(read.getString("foundation")));
    read.forEach(
        (name, value) -> {
          if (!name.equals("foundation")) {
            out.add(name, value);
          }
        });
    return out.build();
  }

  /** As {@link #parse}, for a signal's candidate with its {@code candidate:}. */
  static @Nullable JsonObject of(Candidate candidate) {
    String text = candidate.candidate();
    return text.startsWith(PREFIX) ? parse(text.substring(PREFIX.length())) : null;
  }

  /**
   * Asterisk reads a foundation as an integer. Only equality matters, so text becomes a number that
   * is the same for the same text.
   */
  private static long foundation(String text) {
    JsonValue value = SdpAttribute.value(text);
    long number =
        value.getValueType() == JsonValue.ValueType.NUMBER ? Long.parseLong(text) : text.hashCode();
    return number & Integer.MAX_VALUE;
  }

  static String format(SdpFields f) {
    return f.need("foundation")
        + " "
        + f.need("component")
        + " "
        + f.need("transport")
        + " "
        + f.need("priority")
        + " "
        + f.need("ip")
        + " "
        + f.need("port")
        + " typ "
        + f.need("type")
        + (f.get("raddr") == null || f.get("rport") == null
            ? ""
            : f.optional(" raddr ", "raddr") + f.optional(" rport ", "rport"))
        + f.optional(" tcptype ", "tcptype")
        + f.optional(" generation ", "generation");
  }

  /** Whether a peer that knows only UDP and addresses can use it. */
  static boolean plain(JsonObject candidate) {
    String transport = Json.text(candidate, "transport");
    String ip = Json.text(candidate, "ip");
    return transport != null
        && ip != null
        && transport.equalsIgnoreCase("udp")
        && !ip.toLowerCase(Locale.ROOT).endsWith(".local");
  }
}
