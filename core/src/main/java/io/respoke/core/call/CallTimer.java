package io.respoke.core.call;

/** What a call waits for, at most for a time. */
enum CallTimer {
  /** Somebody to answer. */
  RING,
  /** ICE servers, media and the descriptions of this side. */
  PREPARE,
  /** A path between the two sides. */
  CONNECT,
  /** An interrupted path to come back. */
  INTERRUPTION,
  /** More local candidates. */
  CANDIDATES,
  /** The moment before a callee asks to modify. */
  MODIFY_PAUSE,
  /** A step of the other side while modifying. */
  MODIFY
}
