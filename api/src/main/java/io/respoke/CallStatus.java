package io.respoke;

/** What a callee tells before it answers; Asterisk's words. Not understood by respoke.js. */
public enum CallStatus {
  /** It is being tried. */
  TRYING,
  /** It rings. */
  RINGING,
  /** There is progress, such as an announcement. */
  IN_PROGRESS,
  /** The callee is busy; ends the call. */
  BUSY,
  /** The callee cannot be reached; ends the call. */
  UNAVAILABLE,
  /** More digits are needed; ends the call. */
  INCOMPLETE_ADDRESS,
  /** The callee asks to call somebody else; the end of the call follows. */
  REDIRECTING
}
