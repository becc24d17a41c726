package io.respoke.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One kind of attribute in both of its forms: the text behind {@code a=name:}, and a member of the
 * parsed description.
 *
 * @param name the attribute
 * @param member the member
 * @param many whether the member is a list
 * @param read the value of the text; {@code null} for text that is not of this form
 * @param write the text of the value
 */
record SdpAttribute(
    String name,
    String member,
    boolean many,
    Function<String, @Nullable JsonValue> read,
    Function<JsonValue, String> write) {

  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,14}");

  /** All that have a form of their own, in the order they are written. */
  static final List<SdpAttribute> ALL =
      List.of(
          object(
              "group",
              "groups",
              true,
              "(\\S+) (.+)",
              List.of("type", "mids"),
              f -> f.need("type") + " " + f.need("mids")),
          object(
              "msid-semantic",
              "msidSemantic",
              false,
              " ?(\\S+)(?: (.+))?",
              List.of("semantic", "token"),
              f -> " " + f.need("semantic") + f.optional(" ", "token")),
          object(
              "rtcp",
              "rtcp",
              false,
              "(\\d{1,5})(?: (\\S+) IP([46]) (\\S+))?",
              List.of("port#", "netType", "ipVer#", "address"),
              f ->
                  f.need("port")
                      + (f.get("address") == null
                          ? ""
                          : " " + f.or("netType", "IN") + " IP" + f.or("ipVer", "4"))
                      + f.optional(" ", "address")),
          text("ice-ufrag", "iceUfrag"),
          text("ice-pwd", "icePwd"),
          object(
              "fingerprint",
              "fingerprint",
              false,
              "(\\S+) (\\S+)",
              List.of("type", "hash"),
              f -> f.need("type") + " " + f.need("hash")),
          text("setup", "setup"),
          text("mid", "mid"),
          object(
              "extmap",
              "ext",
              true,
              "(\\d{1,5})(?:/([a-z]+))? (\\S+)(?: (.+))?",
              List.of("value#", "direction", "uri", "config"),
              f ->
                  f.need("value")
                      + f.optional("/", "direction")
                      + " "
                      + f.need("uri")
                      + f.optional(" ", "config")),
          object(
              "rtpmap",
              "rtp",
              true,
              "(\\d{1,3}) ([^/\\s]+)/(\\d{1,9})(?:/(\\S+))?",
              List.of("payload#", "codec", "rate#", "encoding#"),
              f ->
                  f.need("payload")
                      + " "
                      + f.need("codec")
                      + "/"
                      + f.need("rate")
                      + f.optional("/", "encoding")),
          object(
              "fmtp",
              "fmtp",
              true,
              "(\\d{1,3}) (.+)",
              List.of("payload#", "config"),
              f -> f.need("payload") + " " + f.need("config")),
          object(
              "rtcp-fb",
              "rtcpFb",
              true,
              "(\\d{1,3}|\\*) (\\S+)(?: (.+))?",
              List.of("payload#", "type", "subtype"),
              f -> f.need("payload") + " " + f.need("type") + f.optional(" ", "subtype")),
          number("ptime", "ptime"),
          number("maxptime", "maxptime"),
          object(
              "ssrc",
              "ssrcs",
              true,
              "(\\d{1,10}) ([^:\\s]+)(?::(.*))?",
              List.of("id#", "attribute", "value"),
              f -> f.need("id") + " " + f.need("attribute") + f.optional(":", "value")),
          new SdpAttribute(
              "candidate",
              "candidates",
              true,
              SdpCandidate::parse,
              value -> SdpCandidate.format(fields(value))));

  private static SdpAttribute text(String name, String member) {
    return new SdpAttribute(
        name,
        member,
        false,
        text -> text.isEmpty() ? null : Json.string(text),
        value -> scalar(member, value));
  }

  private static SdpAttribute number(String name, String member) {
    return new SdpAttribute(
        name,
        member,
        false,
        text -> NUMBER.matcher(text).matches() ? Json.number(Long.parseLong(text)) : null,
        value -> scalar(member, value));
  }

  private static String scalar(String member, JsonValue value) {
    return new SdpFields(Json.object().add(member, value).build()).need(member);
  }

  /** Members that end in {@code #} are numbers when they can be. */
  private static SdpAttribute object(
      String name,
      String member,
      boolean many,
      String pattern,
      List<String> members,
      Function<SdpFields, String> write) {
    Pattern compiled = Pattern.compile(pattern);
    return new SdpAttribute(
        name,
        member,
        many,
        text -> members(compiled, members, text),
        value -> write.apply(fields(value)));
  }

  private static SdpFields fields(JsonValue value) {
    if (value instanceof JsonObject object) {
      return new SdpFields(object);
    }
    throw new MalformedSignalException("parsed description: not an object", value.toString());
  }

  /** What a pattern finds in a text, by the names of its groups; {@code null} for no match. */
  static @Nullable JsonObject members(Pattern pattern, List<String> members, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    JsonObjectBuilder out = Json.object();
    for (int i = 0; i < members.size(); i++) {
      String member = members.get(i);
      String value = matcher.group(i + 1);
      if (value == null || value.isEmpty()) {
        continue;
      }
      if (member.endsWith("#")) {
        out.add(member.substring(0, member.length() - 1), value(value));
      } else {
        out.add(member, value);
      }
    }
    return out.build();
  }

  /** A number when writing it gives the same text again. */
  static JsonValue value(String text) {
    return NUMBER.matcher(text).matches() ? Json.number(Long.parseLong(text)) : Json.string(text);
  }
}
