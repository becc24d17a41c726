package io.respoke.service.state;

/** Anybody's text as it may stand in a log: one line, and short. */
public final class LogText {
  private static final int LIMIT = 64;

  private LogText() {}

  /** Without what could look like another line, another field or another direction. */
  public static String of(String text) {
    String shown = text.length() <= LIMIT ? text : text.substring(0, LIMIT) + "…";
    return shown.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\"]", "?");
  }
}
