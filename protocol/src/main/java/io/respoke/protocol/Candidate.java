package io.respoke.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One ICE candidate in a signal (protocol-calls §1.7). A sender should give both the media id and
 * the index: respoke.js insists on the index, Android on the id.
 *
 * @param candidate the attribute without {@code a=}: {@code candidate:1 1 udp …}; never empty
 * @param sdpMid the media id, or {@code null} when the sender named none; give an engine {@code ""}
 *     then
 * @param sdpMLineIndex the media section, from 0
 * @param usernameFragment the ICE user name it belongs to, or {@code null}
 */
public record Candidate(
    String candidate,
    @Nullable String sdpMid,
    int sdpMLineIndex,
    @Nullable String usernameFragment) {
  private static final String ATTRIBUTE = "a=";
  private static final int MAX_INDEX = 1_000;

  /** Checks. */
  public Candidate {
    if (candidate.isEmpty() || candidate.startsWith(ATTRIBUTE)) {
      throw new IllegalArgumentException(
          "a candidate is not empty and starts without a=: \"" + candidate + '"');
    }
    if (sdpMLineIndex < 0) {
      throw new IllegalArgumentException("sdpMLineIndex is negative: " + sdpMLineIndex);
    }
  }

  /** A candidate of no particular user name. */
  public Candidate(String candidate, @Nullable String sdpMid, int sdpMLineIndex) {
    this(candidate, sdpMid, sdpMLineIndex, null);
  }

  /** Those of a list that can be used; the rest is left out, as the real clients do. */
  static List<Candidate> list(JsonArray array) {
    List<Candidate> candidates = new ArrayList<>(array.size());
    for (JsonValue value : array) {
      Candidate candidate = value instanceof JsonObject object ? of(object) : null;
      if (candidate != null) {
        candidates.add(candidate);
      }
    }
    return List.copyOf(candidates);
  }

  /**
   * Reads a candidate: with or without {@code a=} or a media id. {@code null} for one that is empty
   * (some engines mark the end so) or that belongs to no media section.
   */
  static @Nullable Candidate of(JsonObject json) {
    String text = Json.text(json, "candidate");
    if (text == null) {
      return null;
    }
    text = text.strip();
    if (text.startsWith(ATTRIBUTE)) {
      text = text.substring(ATTRIBUTE.length()).strip();
    }
    String mid = Json.text(json, "sdpMid");
    Long index = Json.whole(json, "sdpMLineIndex");
    if (index == null && mid != null && !mid.isEmpty()) {
      index = 0L;
    }
    if (text.isEmpty()
        || text.startsWith(ATTRIBUTE)
        || index == null
        || index < 0
        || index > MAX_INDEX) {
      return null;
    }
    return new Candidate(text, mid, index.intValue(), Json.text(json, "usernameFragment"));
  }

  static JsonArray toJson(List<Candidate> candidates) {
    JsonArrayBuilder out = Json.array();
    candidates.forEach(candidate -> out.add(candidate.toJson()));
    return out.build();
  }

  /** The JSON form; what is absent is left out. */
  public JsonObject toJson() {
    JsonObjectBuilder out = Json.object().add("candidate", candidate);
    if (sdpMid != null) {
      out.add("sdpMid", sdpMid);
    }
    out.add("sdpMLineIndex", sdpMLineIndex);
    if (usernameFragment != null) {
      out.add("usernameFragment", usernameFragment);
    }
    return out.build();
  }
}
