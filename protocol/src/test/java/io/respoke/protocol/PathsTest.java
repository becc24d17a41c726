package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsTest {
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "abcXYZ019-_.~, abcXYZ019-_.~",
    "a b, a%20b",
    "a+b, a%2Bb",
    "a/b?c#d, a%2Fb%3Fc%23d",
    "50% off, 50%25%20off",
    "spock@enterprise.com, spock%40enterprise.com",
    "é, %C3%A9",
    "😀, %F0%9F%98%80",
    "'\u0000\u007f', %00%7F"
  })
  void encodesAllButUnreservedCharacters(String id, String encoded) {
    assertEquals(encoded, Paths.encode(id));
  }

  @Test
  void encodesTheVariablePartsOfRoutes() {
    assertEquals("/v1/connections/A%2F1/", Paths.connection("A/1"));
    assertEquals("/v1/channels/a%20b/subscribers/", Paths.subscribers("a b"));
    assertEquals("/v1/channels/a%20b/publish/", Paths.publish("a b"));
    assertEquals("/v1/groups/a%20b/history", Paths.history("a b"));
    assertEquals("/v1/endpoints/%40u%3Ah/conversations", Paths.conversations("@u:h"));
    assertEquals("/v1/apps/x%3Fy", Paths.app("x?y"));
    assertEquals("/v1/roles/x%23y", Paths.role("x#y"));
    assertEquals("/socket.io/1/websocket/-a_B", Paths.webSocket("-a_B"));
  }
}
