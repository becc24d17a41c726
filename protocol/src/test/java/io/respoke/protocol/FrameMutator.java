package io.respoke.protocol;

import java.util.List;
import java.util.SplittableRandom;

/** Makes broken frames from good ones; the same seed makes the same frames. */
final class FrameMutator {
  private static final String STRUCTURE =
      "{}[]\",:+\\/0123456789eE.-tfn \n\u0000\u0085\u2028\ufffd";
  private static final List<String> PIECES =
      List.of(
          "null",
          "true",
          "{}",
          "[]",
          "\"\"",
          "\\u",
          "\\ud800",
          "\\u0000",
          "\ud83d",
          "\ude00",
          "::",
          ":::",
          "+[",
          "]}",
          "1e999999999",
          "-1e-999999999",
          "1e99999999999",
          "-0",
          "00",
          "NaN",
          "\"header\":null",
          "\"body\":",
          "\"args\":",
          "\"name\":\"get\"",
          "\"url\":\"\"",
          "{\"a\":",
          "[[[[",
          "\\\"",
          "\\\\\"");

  private final SplittableRandom random;
  private final List<String> frames;

  FrameMutator(SplittableRandom random, List<String> frames) {
    this.random = random;
    this.frames = frames;
  }

  /** The next frame, with one to four things wrong with it; a few are still good. */
  String next() {
    StringBuilder text = new StringBuilder(any(frames));
    int mutations = 1 + random.nextInt(4);
    for (int i = 0; i < mutations; i++) {
      mutate(text);
    }
    return text.toString();
  }

  private void mutate(StringBuilder text) {
    int at = random.nextInt(text.length() + 1);
    switch (random.nextInt(24)) {
      case 0, 1, 2 -> flip(text, at, 7);
      case 3 -> flip(text, at, 16);
      case 4, 5 -> text.delete(at, at + 1 + random.nextInt(8));
      case 6 -> text.setLength(at);
      case 7 -> text.delete(0, at);
      case 8, 9, 10 -> text.insert(at, STRUCTURE.charAt(random.nextInt(STRUCTURE.length())));
      case 11, 12, 13 -> text.insert(at, any(PIECES));
      case 14, 15 -> splice(text, at);
      case 16 -> text.insert(at, piece(text));
      case 17 -> text.insert(at, Character.forDigit(random.nextInt(10), 10));
      case 18, 19 -> swapValue(text);
      case 20 -> text.setCharAt(0, (char) ('0' + random.nextInt(10)));
      case 21 -> swapValue(text);
      default -> rare(text, at);
    }
    if (text.isEmpty()) {
      text.append(':');
    }
  }

  private void flip(StringBuilder text, int at, int bits) {
    if (at < text.length()) {
      text.setCharAt(at, (char) (text.charAt(at) ^ (1 << random.nextInt(bits))));
    }
  }

  /** The start of this frame and the end of another. */
  private void splice(StringBuilder text, int at) {
    String other = any(frames);
    text.setLength(at);
    text.append(other, random.nextInt(other.length()), other.length());
  }

  private String piece(StringBuilder text) {
    int from = random.nextInt(text.length());
    return text.substring(from, Math.min(text.length(), from + random.nextInt(60)));
  }

  /**
   * Puts a value of another kind behind a colon, which keeps the JSON whole more often than not.
   */
  private void swapValue(StringBuilder text) {
    int colon = text.indexOf("\":", random.nextInt(text.length()));
    if (colon < 0) {
      return;
    }
    int end = colon + 2;
    if (end < text.length() && text.charAt(end) == '"') {
      end = text.indexOf("\"", end + 1) + 1;
    } else {
      while (end < text.length() && "{}[],".indexOf(text.charAt(end)) < 0) {
        end++;
      }
    }
    if (end > colon + 2) {
      String[] values = {
        "null", "{}", "[]", "7", "-1.5", "1e400", "true", "\"\"", "\"{}\"", "\"x\""
      };
      text.replace(colon + 2, end, values[random.nextInt(values.length)]);
    }
  }

  /** What costs time to make and to read. */
  private void rare(StringBuilder text, int at) {
    if (random.nextInt(40) > 0) {
      return;
    }
    int size = 1 << random.nextInt(17);
    switch (random.nextInt(6)) {
      case 0 -> text.insert(at, "[".repeat(size));
      case 1 -> text.insert(at, "{\"a\":".repeat(size));
      case 2 -> text.insert(at, "[".repeat(size) + "]".repeat(size));
      case 3 -> text.insert(at, "9".repeat(size));
      case 4 -> text.insert(at, "x".repeat(size));
      default -> text.insert(at, "\\\"".repeat(size));
    }
  }

  private String any(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
