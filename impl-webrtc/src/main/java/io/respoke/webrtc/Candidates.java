package io.respoke.webrtc;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import io.respoke.spi.IceCandidate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks candidates, and finds the media section they are for. */
final class Candidates {
  /**
   * How many are taken with one set of the other side's ICE credentials. Each is paired with each
   * of our own, on a thread that all sessions share: thousands would stall them.
   */
  static final int MAX = 256;

  private static final Pattern LINE =
      Pattern.compile(
          "candidate:\\S{1,64} \\d{1,5} \\S{1,16} \\d{1,10} \\S{1,255} \\d{1,5} typ \\S{1,16}"
              + "( [\\x20-\\x7e]*)?");

  private Candidates() {}

  /** Without a leading {@code a=}; none when it only says that there are no more. */
  static @Nullable IceCandidate checked(IceCandidate candidate) {
    String line = candidate.candidate().strip();
    if (line.startsWith("a=")) {
      line = line.substring(2);
    }
    if (line.isEmpty() || line.equals("end-of-candidates")) {
      return null;
    }
    if (!LINE.matcher(line).matches()) {
      throw bad(candidate, "is malformed");
    }
    if (candidate.sdpMid().isEmpty() && candidate.sdpMLineIndex() < 0) {
      throw bad(candidate, "names no media section");
    }
    return new IceCandidate(line, candidate.sdpMid(), candidate.sdpMLineIndex());
  }

  /** With the id and the index of the media section that it is for. */
  static IceCandidate placed(IceCandidate candidate, List<Sdp.Section> sections) {
    int index = candidate.sdpMLineIndex();
    if (!candidate.sdpMid().isEmpty()) {
      index = -1;
      for (int i = 0; i < sections.size(); i++) {
        if (sections.get(i).mid().equals(candidate.sdpMid())) {
          index = i;
        }
      }
    }
    if (index < 0 || index >= sections.size()) {
      throw bad(
          candidate,
          "is for the media section '"
              + candidate.sdpMid()
              + "', index "
              + candidate.sdpMLineIndex()
              + ", which the description has not");
    }
    return new IceCandidate(candidate.candidate(), sections.get(index).mid(), index);
  }

  static MediaException tooMany(String session) {
    return new MediaException(
        Reason.BACK_PRESSURE,
        "The other side of " + session + " has given " + MAX + " candidates already");
  }

  private static MediaException bad(IceCandidate candidate, String what) {
    return bad(candidate, what, null);
  }

  static MediaException bad(IceCandidate candidate, String what, @Nullable Throwable cause) {
    String line = candidate.candidate();
    String shown = line.length() > 200 ? line.substring(0, 200) + "…" : line;
    return new MediaException(Reason.BAD_CANDIDATE, "The candidate '" + shown + "' " + what, cause);
  }
}
