package io.respoke;

/** What happens when events come faster than listeners take them. */
public enum OverflowPolicy {
  /** The oldest waiting event of that source is dropped. */
  DROP_OLDEST,
  /** The event that just came is dropped. */
  DROP_NEWEST,
  /**
   * The connection is dropped. With reconnect on, groups are restored and their persisted messages
   * fetched again, so nothing is lost silently.
   */
  DISCONNECT
}
