package io.respoke.webrtc;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import io.respoke.spi.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The little that must be known of a description's text. */
final class Sdp {
  /**
   * A media section.
   *
   * @param kind the word after {@code m=}
   * @param mid its id; empty without one
   * @param direction {@code sendrecv}, {@code sendonly}, {@code recvonly} or {@code inactive}
   * @param rejected whether its port is 0 and it is not bundled
   */
  record Section(String kind, String mid, String direction, boolean rejected) {
    /** Whether who made the description sends. */
    boolean sends() {
      return !rejected && (direction.equals("sendrecv") || direction.equals("sendonly"));
    }

    /** Whether who made the description receives. */
    boolean receives() {
      return !rejected && (direction.equals("sendrecv") || direction.equals("recvonly"));
    }
  }

  static final int MAX_LENGTH = 1_000_000;
  private static final Pattern LINE_END = Pattern.compile("\r?\n");
  private static final Pattern NO_TOKEN = Pattern.compile("[^A-Za-z0-9!#$%&'*+.^_`{|}~-]");

  private Sdp() {}

  /** Throws for what is not a description at all; the rest is for the media engine to judge. */
  static void check(SessionDescription description) {
    String sdp = description.sdp();
    String what =
        sdp.isBlank()
            ? "is empty"
            : sdp.length() > MAX_LENGTH
                ? "has more than " + MAX_LENGTH + " characters"
                : sdp.indexOf('\0') >= 0
                    ? "has a zero in it"
                    : !sdp.startsWith("v=0") ? "does not begin with v=0" : "";
    if (!what.isEmpty()) {
      throw bad(description.type(), what);
    }
  }

  static MediaException bad(SessionDescription.Type type, String what) {
    return bad(type, what, null);
  }

  static MediaException bad(SessionDescription.Type type, String what, @Nullable Throwable cause) {
    return new MediaException(
        Reason.BAD_DESCRIPTION,
        "The other side's " + (type == SessionDescription.Type.OFFER ? "offer " : "answer ") + what,
        cause);
  }

  static List<Section> sections(String sdp) {
    List<Section> sections = new ArrayList<>();
    String kind = "";
    String mid = "";
    String direction = "sendrecv";
    boolean zero = false;
    boolean bundleOnly = false;
    boolean inSection = false;
    for (String line : LINE_END.split(sdp, -1)) {
      if (line.startsWith("m=")) {
        if (inSection) {
          sections.add(new Section(kind, mid, direction, zero && !bundleOnly));
        }
        String[] words = line.substring(2).split(" ", 3);
        kind = words[0];
        zero = words.length > 1 && words[1].equals("0");
        mid = "";
        bundleOnly = false;
        direction = "sendrecv";
        inSection = true;
      } else if (inSection) {
        switch (line) {
          case "a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive" ->
              direction = line.substring(2);
          case "a=bundle-only" -> bundleOnly = true;
          default -> {
            if (line.startsWith("a=mid:")) {
              mid = line.substring(6);
            }
          }
        }
      }
    }
    if (inSection) {
      sections.add(new Section(kind, mid, direction, zero && !bundleOnly));
    }
    return sections;
  }

  /** The names of all ICE credentials in it. Others mean that the search for a path begins anew. */
  static Set<String> iceCredentials(String sdp) {
    return LINE_END
        .splitAsStream(sdp)
        .filter(line -> line.startsWith("a=ice-ufrag:"))
        .collect(Collectors.toSet());
  }

  /** Candidates are told one by one. */
  static String withoutCandidates(String sdp) {
    StringBuilder kept = new StringBuilder(sdp.length());
    for (String line : LINE_END.split(sdp, -1)) {
      if (!line.isEmpty()
          && !line.startsWith("a=candidate:")
          && !line.equals("a=end-of-candidates")) {
        kept.append(line).append("\r\n");
      }
    }
    return kept.toString();
  }

  /** The id of the one stream, fit for a description whatever the session's id is. */
  static String streamId(String sessionId) {
    String id = "respoke-" + NO_TOKEN.matcher(sessionId).replaceAll("_");
    return id.length() > 64 ? id.substring(0, 64) : id;
  }
}
