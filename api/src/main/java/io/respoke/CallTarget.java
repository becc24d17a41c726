package io.respoke;

/** What a call is for. */
public enum CallTarget {
  /** Talking. */
  CALL,
  /** Showing a screen. */
  SCREEN_SHARE,
  /** Taking part in a conference. */
  CONFERENCE
}
