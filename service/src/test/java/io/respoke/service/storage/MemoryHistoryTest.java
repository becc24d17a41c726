package io.respoke.service.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.protocol.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryHistoryTest {
  @Test
  void historyKeepsTheNewestOfEachGroupAndTheBusiestGroups() {
    MemoryHistory history = new MemoryHistory(2, 2);
    for (int i = 1; i <= 3; i++) {
      history.add("a", entry(i));
    }
    assertEquals(List.of(entry(3), entry(2)), history.newest("a", 10, null));
    assertEquals(List.of(entry(2)), history.newest("a", 10, 3L));
    assertEquals(List.of(entry(3)), history.newest("a", 1, null));
    history.add("b", entry(4));
    history.add("c", entry(5));
    assertEquals(List.of(), history.newest("a", 10, null));
    assertEquals(1, history.unread("b", "reader", 3));
    assertEquals(0, history.unread("b", "reader", 4));
    assertEquals(0, history.unread("b", "from", 0));
  }

  private static StoredMessage entry(long timestamp) {
    return new StoredMessage(timestamp, "from", Json.object().add("at", timestamp).build());
  }

  @Test
  void whatIsTooOldOrTooMuchIsDroppedAFewAtATime() {
    MemoryHistory history = new MemoryHistory(100, 10);
    for (int i = 1; i <= 10; i++) {
      history.add("a", entry(i));
    }
    history.add("b", entry(20));
    assertEquals(2, history.trim(4, 0, 2));
    assertEquals(1, history.trim(4, 0, 2));
    assertEquals(0, history.trim(4, 0, 2));
    assertEquals(5, history.trim(0, 2, 100));
    assertEquals(List.of(entry(10), entry(9)), history.newest("a", 10, null));
    assertEquals(List.of(entry(20)), history.newest("b", 10, null));
  }
}
