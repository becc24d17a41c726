package io.respoke.core.session;

/**
 * Decides when a silent connection counts as dead. Pure: time is an argument. Any packet is a sign
 * of life, as for respoke.js (protocol-wire §2.5).
 */
final class Heartbeat {
  private final long limit;
  private long lastPacket;

  /** Starts counting. */
  Heartbeat(long limitMillis, long now) {
    limit = limitMillis;
    lastPacket = now;
  }

  /** Something came. */
  void packet(long now) {
    lastPacket = now;
  }

  /** How long until the connection is dead if nothing comes; 0 when it is. */
  long remaining(long now) {
    return Math.max(0, lastPacket + limit - now);
  }
}
