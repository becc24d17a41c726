package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OutgoingMessageTest {
  @Test
  void writesAllThatIsGiven() {
    assertEquals(
        "{\"to\":\"bob\",\"toConnection\":\"B1\",\"message\":{\"a\":1},\"ccSelf\":true,"
            + "\"push\":true,\"persist\":false,\"endpointId\":\"alice\"}",
        Json.write(
            new OutgoingMessage("bob", "B1", Json.parse("{\"a\":1}"), true, true, false, "alice")
                .toJson()));
  }

  @Test
  void leavesOutWhatIsAbsent() {
    assertEquals(
        "{\"to\":\"room1\",\"message\":\"hi\",\"push\":false}",
        Json.write(
            new OutgoingMessage("room1", null, Json.string("hi"), null, false, null, null)
                .toJson()));
  }
}
