package io.respoke.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private final Heartbeat heartbeat = new Heartbeat(60_000, 1000);

  @Test
  void silenceIsCountedFromTheStart() {
    assertEquals(60_000, heartbeat.remaining(1000));
    assertEquals(1, heartbeat.remaining(60_999));
    assertEquals(0, heartbeat.remaining(61_000));
  }

  @Test
  void anyPacketStartsTheCountAnew() {
    heartbeat.packet(60_999);

    assertEquals(60_000, heartbeat.remaining(60_999));
    assertEquals(0, heartbeat.remaining(120_999));
  }

  @Test
  void aDeadConnectionIsNeverOverdueByANegativeTime() {
    assertEquals(0, heartbeat.remaining(Long.MAX_VALUE));
  }
}
