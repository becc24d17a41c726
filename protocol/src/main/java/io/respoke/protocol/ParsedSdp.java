package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Session descriptions in the form that Asterisk writes and reads (protocol-calls §1.8): text to
 * JSON and back.
 *
 * <p>Attributes without a member of their own are kept, as text, in the list {@code invalid} of
 * their section, so that nothing an engine wrote is lost but the order of attributes of different
 * kinds and the extensions of candidates. Lines other than {@code v o s c b t m a} are left out.
 */
public final class ParsedSdp {
  private static final String CRLF = "\r\n";
  private static final Pattern ORIGIN =
      Pattern.compile("(\\S+) (\\S+) (\\S+) (\\S+) IP([46]) (\\S+)");
  private static final List<String> ORIGIN_MEMBERS =
      List.of("username", "sessionId", "sessionVersion#", "netType", "ipVer#", "address");
  private static final Pattern CONNECTION = Pattern.compile("IN IP([46]) (\\S+)");
  private static final List<String> CONNECTION_MEMBERS = List.of("version#", "ip");
  private static final Pattern TIMING = Pattern.compile("(\\d{1,15}) (\\d{1,15})");
  private static final List<String> TIMING_MEMBERS = List.of("start#", "stop#");
  private static final Pattern BANDWIDTH = Pattern.compile("([^:\\s]+):(\\d{1,9})");
  private static final List<String> BANDWIDTH_MEMBERS = List.of("type", "limit#");
  private static final Pattern MEDIA =
      Pattern.compile("([a-z]+) (\\d{1,5})(?:/\\d{1,5})? (\\S+) (.+)");
  private static final List<String> MEDIA_MEMBERS =
      List.of("type", "port#", "protocol", "payloads");

  private ParsedSdp() {}

  /**
   * The JSON form of a description.
   *
   * @throws MalformedSignalException if it is none: no {@code v=0} at its start, or a line that
   *     every reader needs is not in its form
   */
  public static JsonObject parse(String sdp) {
    if (!sdp.startsWith("v=0")) {
      throw new MalformedSignalException("description without v=0", sdp);
    }
    SdpSection session = new SdpSection();
    SdpSection current = session;
    JsonArrayBuilder media = Json.array();
    for (String line : sdp.split("\r\n|\n|\r", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      if (line.length() < 2 || line.charAt(1) != '=') {
        throw new MalformedSignalException("description with a line that is none", line);
      }
      String text = SdpFields.line(line.substring(2));
      switch (line.charAt(0)) {
        case 'v' -> session.put("version", Json.number(0));
        case 'o' -> session.put("origin", needed(ORIGIN, ORIGIN_MEMBERS, line, text));
        case 's' -> session.put("name", Json.string(text));
        case 'c' -> current.put("connection", needed(CONNECTION, CONNECTION_MEMBERS, line, text));
        case 'b' -> current.bandwidth(SdpAttribute.members(BANDWIDTH, BANDWIDTH_MEMBERS, text));
        case 't' -> session.put("timing", needed(TIMING, TIMING_MEMBERS, line, text));
        case 'm' -> {
          if (current != session) {
            media.add(current.toJson());
          }
          current = new SdpSection();
          needed(MEDIA, MEDIA_MEMBERS, line, text).forEach(current::put);
        }
        case 'a' -> current.attribute(text);
        default -> {}
      }
    }
    if (current != session) {
      media.add(current.toJson());
    }
    return Json.object(session.toJson()).add("media", media).build();
  }

  private static JsonObject needed(
      Pattern pattern, List<String> members, String line, String text) {
    JsonObject read = SdpAttribute.members(pattern, members, text);
    if (read == null) {
      throw new MalformedSignalException("description with a bad line", line);
    }
    return read;
  }

  /**
   * The text of a parsed description. Members may be missing as they are in Asterisk's; what every
   * reader needs gets a usual value.
   *
   * @throws MalformedSignalException if there is no list of media, or a medium or attribute lacks
   *     what its line is made of
   */
  public static String format(JsonObject parsed) {
    JsonArray media = media(parsed);
    StringBuilder out = new StringBuilder(1_024).append("v=0").append(CRLF);
    SdpFields origin = new SdpFields(orEmpty(Json.object(parsed, "origin")));
    out.append("o=")
        .append(origin.or("username", "-"))
        .append(' ')
        .append(origin.or("sessionId", "0"))
        .append(' ')
        .append(origin.or("sessionVersion", "0"))
        .append(' ')
        .append(origin.or("netType", "IN"))
        .append(" IP")
        .append(version(origin.or("ipVer", "4")))
        .append(' ')
        .append(origin.or("address", "0.0.0.0"))
        .append(CRLF)
        .append("s=")
        .append(new SdpFields(parsed).or("name", "-"))
        .append(CRLF);
    connection(parsed, out);
    bandwidth(parsed, out);
    SdpFields timing = new SdpFields(orEmpty(Json.object(parsed, "timing")));
    out.append("t=")
        .append(timing.or("start", "0"))
        .append(' ')
        .append(timing.or("stop", "0"))
        .append(CRLF);
    SdpSection.write(parsed, out);
    for (JsonValue value : media) {
      medium(value, parsed, out);
    }
    return out.toString();
  }

  /** The media of a parsed description. */
  static JsonArray media(JsonObject parsed) {
    JsonArray media = Json.array(parsed, "media");
    if (media == null) {
      throw new MalformedSignalException("parsed description without media", parsed.toString());
    }
    return media;
  }

  private static void medium(JsonValue value, JsonObject parsed, StringBuilder out) {
    if (!(value instanceof JsonObject medium)) {
      throw new MalformedSignalException("parsed description: medium is no object", "" + value);
    }
    SdpFields fields = new SdpFields(medium);
    out.append("m=")
        .append(fields.need("type"))
        .append(' ')
        .append(fields.or("port", "9"))
        .append(' ')
        .append(fields.need("protocol"))
        .append(' ')
        .append(payloads(fields))
        .append(CRLF);
    if (Json.object(medium, "connection") == null && Json.object(parsed, "connection") == null) {
      // Every medium needs an address; candidates say the real one.
      out.append("c=IN IP4 0.0.0.0").append(CRLF);
    }
    connection(medium, out);
    bandwidth(medium, out);
    SdpSection.write(medium, out);
  }

  /** As they are listed, else those of the codecs. */
  private static String payloads(SdpFields medium) {
    String given = medium.get("payloads");
    if (given != null && !given.isEmpty()) {
      return given;
    }
    JsonArray codecs = Json.array(medium.json(), "rtp");
    StringBuilder out = new StringBuilder();
    if (codecs != null) {
      for (JsonValue codec : codecs) {
        if (codec instanceof JsonObject object) {
          out.append(out.isEmpty() ? "" : " ").append(new SdpFields(object).need("payload"));
        }
      }
    }
    if (out.isEmpty()) {
      throw new MalformedSignalException(
          "parsed description: medium without payloads", medium.json().toString());
    }
    return out.toString();
  }

  private static void connection(JsonObject section, StringBuilder out) {
    JsonObject connection = Json.object(section, "connection");
    if (connection != null) {
      SdpFields fields = new SdpFields(connection);
      out.append("c=IN IP")
          .append(version(fields.or("version", "4")))
          .append(' ')
          .append(fields.need("ip"))
          .append(CRLF);
    }
  }

  private static void bandwidth(JsonObject section, StringBuilder out) {
    JsonArray limits = Json.array(section, "bandwidth");
    if (limits != null) {
      for (JsonValue limit : limits) {
        if (limit instanceof JsonObject object) {
          SdpFields fields = new SdpFields(object);
          out.append("b=")
              .append(fields.need("type"))
              .append(':')
              .append(fields.need("limit"))
              .append(CRLF);
        }
      }
    }
  }

  private static String version(String given) {
    return given.equals("6") ? "6" : "4";
  }

  private static JsonObject orEmpty(@Nullable JsonObject object) {
    return object == null ? JsonValue.EMPTY_JSON_OBJECT : object;
  }
}
