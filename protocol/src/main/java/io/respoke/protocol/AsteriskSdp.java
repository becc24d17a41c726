package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions for Asterisk, which reads only the parsed form with all candidates in it, and from
 * Asterisk, whose answers leave out what browsers insist on (protocol-calls §8 #24).
 */
public final class AsteriskSdp {
  /** What it does not read, and what would make its frames too large for it. */
  private static final List<String> UNREAD = List.of("invalid", "rtcpFb", "ssrcs", "ext");

  private AsteriskSdp() {}

  /**
   * The parsed form of an offer or answer with candidates folded into the media they belong to.
   * Candidates it cannot use, over TCP or with {@code .local} names, are left out.
   *
   * @throws MalformedSignalException if the text is no description
   */
  public static JsonObject forAsterisk(String sdp, List<Candidate> candidates) {
    JsonObject parsed = ParsedSdp.parse(sdp);
    JsonArray media = ParsedSdp.media(parsed);
    JsonArrayBuilder slim = Json.array();
    for (int i = 0; i < media.size(); i++) {
      JsonObject medium = media.getJsonObject(i);
      JsonObjectBuilder out = without(medium);
      out.add("candidates", candidates(medium, i, candidates));
      slim.add(out);
    }
    return without(parsed).add("media", slim).build();
  }

  private static JsonObjectBuilder without(JsonObject section) {
    JsonObjectBuilder out = Json.object(section);
    UNREAD.forEach(out::remove);
    return out;
  }

  private static JsonArrayBuilder candidates(
      JsonObject medium, int index, List<Candidate> signalled) {
    Set<JsonObject> all = new LinkedHashSet<>();
    JsonArray written = Json.array(medium, "candidates");
    if (written != null) {
      written.forEach(value -> all.add(value.asJsonObject()));
    }
    String mid = Json.text(medium, "mid");
    for (Candidate candidate : signalled) {
      JsonObject json = belongs(candidate, mid, index) ? SdpCandidate.of(candidate) : null;
      if (json != null) {
        all.add(json);
      }
    }
    JsonArrayBuilder out = Json.array();
    all.stream().filter(SdpCandidate::plain).forEach(out::add);
    return out;
  }

  /** By the media id when both know one, else by the index. */
  private static boolean belongs(Candidate candidate, @Nullable String mid, int index) {
    String named = candidate.sdpMid();
    return (named == null || named.isEmpty() || mid == null)
        ? candidate.sdpMLineIndex() == index
        : named.equals(mid);
  }

  /**
   * The text of Asterisk's offer.
   *
   * @throws MalformedSignalException if it is no parsed description
   */
  public static String offer(JsonObject parsed) {
    return ParsedSdp.format(parsed);
  }

  /**
   * The text of Asterisk's answer to an offer, with as many media sections as the offer and in its
   * order: those Asterisk left out are rejected, the others have the media ids of the offer, and
   * {@code a=setup} is never {@code actpass}.
   *
   * @throws MalformedSignalException if one of them is no description
   */
  public static String answer(JsonObject parsed, String offerSdp) {
    JsonArray offered = ParsedSdp.media(ParsedSdp.parse(offerSdp));
    List<JsonObject> answers = new ArrayList<>();
    for (JsonValue value : ParsedSdp.media(parsed)) {
      if (value instanceof JsonObject object) {
        answers.add(object);
      }
    }
    List<String> accepted = new ArrayList<>();
    JsonArrayBuilder media = Json.array();
    for (int i = 0; i < offered.size(); i++) {
      JsonObject section = offered.getJsonObject(i);
      String mid = Json.text(section, "mid");
      JsonObject answer = take(answers, section);
      if (answer == null) {
        media.add(rejected(section, mid));
      } else {
        media.add(answered(answer, section, mid));
        if (mid != null) {
          accepted.add(mid);
        }
      }
    }
    JsonObjectBuilder out = Json.object(parsed).add("media", media);
    if (parsed.containsKey("groups")) {
      out.remove("groups");
      if (!accepted.isEmpty()) {
        out.add(
            "groups",
            Json.array()
                .add(Json.object().add("type", "BUNDLE").add("mids", String.join(" ", accepted))));
      }
    }
    return ParsedSdp.format(out.build());
  }

  /** The first answer of the same kind that is not taken yet. */
  private static @Nullable JsonObject take(List<JsonObject> answers, JsonObject section) {
    String type = Json.text(section, "type");
    for (JsonObject answer : answers) {
      if (type != null && type.equals(Json.text(answer, "type"))) {
        answers.remove(answer);
        return answer;
      }
    }
    return null;
  }

  private static JsonObjectBuilder rejected(JsonObject section, @Nullable String mid) {
    JsonObjectBuilder out =
        Json.object()
            .add("type", section.get("type"))
            .add("port", 0)
            .add("protocol", section.get("protocol"))
            .add("payloads", section.get("payloads"))
            .add("direction", "inactive");
    if (mid != null) {
      out.add("mid", mid);
    }
    return out;
  }

  private static JsonObjectBuilder answered(
      JsonObject answer, JsonObject section, @Nullable String mid) {
    JsonObjectBuilder out = Json.object(answer);
    if (mid != null) {
      out.add("mid", mid);
    }
    String setup = Json.text(answer, "setup");
    if (setup == null || setup.equals("actpass") || setup.equals("holdconn")) {
      // A browser that was offered to choose lets the other side begin.
      out.add("setup", "active".equals(Json.text(section, "setup")) ? "passive" : "active");
    }
    return out;
  }
}
