package io.respoke.core.call;

import io.respoke.media.MediaKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a description says about media, read from its {@code m=} sections. Pure.
 *
 * @param audio whether it has audio
 * @param video whether it has video
 * @param sendsAudio whether its side sends audio
 * @param sendsVideo whether its side sends video
 */
record OfferedMedia(boolean audio, boolean video, boolean sendsAudio, boolean sendsVideo) {
  private static final Pattern SECTION = Pattern.compile("m=(audio|video) (\\d+)");

  static final OfferedMedia NONE = new OfferedMedia(false, false, false, false);

  static OfferedMedia of(String sdp) {
    boolean audio = false;
    boolean video = false;
    boolean sendsAudio = false;
    boolean sendsVideo = false;
    boolean sessionSends = true;
    boolean inMedia = false;
    MediaKind kind = null;
    boolean sends = true;
    List<String> lines = new ArrayList<>(sdp.lines().toList());
    lines.add("m=end 0"); // so that the last section is counted too
    for (String line : lines) {
      if (line.startsWith("m=")) {
        sendsAudio |= kind == MediaKind.AUDIO && sends;
        sendsVideo |= kind == MediaKind.VIDEO && sends;
        kind = kind(line);
        audio |= kind == MediaKind.AUDIO;
        video |= kind == MediaKind.VIDEO;
        sends = sessionSends;
        inMedia = true;
      } else if (line.equals("a=recvonly") || line.equals("a=inactive")) {
        sends = false;
        sessionSends &= inMedia;
      } else if (line.equals("a=sendrecv") || line.equals("a=sendonly")) {
        sends = true;
      }
    }
    return new OfferedMedia(audio, video, sendsAudio, sendsVideo);
  }

  /** The kind of a section that is not rejected. */
  private static @Nullable MediaKind kind(String line) {
    Matcher words = SECTION.matcher(line);
    if (!words.lookingAt() || words.group(2).equals("0")) {
      return null;
    }
    return words.group(1).equals("audio") ? MediaKind.AUDIO : MediaKind.VIDEO;
  }

  /** Whether its side sends this kind. */
  boolean sends(MediaKind kind) {
    return kind == MediaKind.AUDIO ? sendsAudio : sendsVideo;
  }
}
