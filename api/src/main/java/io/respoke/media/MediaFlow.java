package io.respoke.media;

/** Which way media goes, seen from this side. */
public enum MediaFlow {
  /** From here to the other side. */
  OUTGOING,
  /** From the other side to here. */
  INCOMING
}
