package io.respoke.media;

/** A kind of media. */
public enum MediaKind {
  /** Sound. */
  AUDIO,
  /** Picture. */
  VIDEO
}
