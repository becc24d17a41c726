package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.service.RawClient;
import io.respoke.service.ServiceOptions;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sockets whose session has ended, and what still comes for them. */
class EndedSocketsTest extends Conformance {
  private static final String REGISTER =
      "5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}";

  @Override
  ServiceOptions.Builder startOptions() {
    return options().maxConnectionsPerApp(1);
  }

  private void nobodyIsThere() {
    assertEquals(0, service.snapshot().connections());
    assertEquals(0, service.snapshot().endpoints());
    assertEquals(0, service.snapshot().sockets());
    for (String list : List.of("connections", "endpoints")) {
      String path = "/v1/apps/" + APP_ID + '/' + list;
      JsonValue listed =
          object(http("GET", path, null, "Admin-Token", adminToken())).getJsonArray("items");
      assertEquals(JsonValue.EMPTY_JSON_ARRAY, listed, list);
    }
    assertEquals(200, closing(unregistered("bob", RawClient.OTHER)).register(null).status());
  }

  @Test
  void whatComesWithTheGoodbyeRegistersNothing() {
    RawSocket alice = rawSocket(MODERN + "app-token=" + session("alice"));

    alice.sendTogether(List.of("0::", REGISTER));

    assertEquals(1000, alice.awaitClose());
    nobodyIsThere();
  }

  @Test
  void aWebSocketThatOpensAfterTheEndIsUnknown() {
    String path = "/socket.io/1/websocket/" + sid(MODERN + "app-token=" + session("alice"));
    RawSocket late = raw();
    late.beginUpgrade(path);
    // Connections are read in turn: with a second request answered, the first half is there.
    for (int i = 0; i < 2; i++) {
      assertEquals(401, raw().http("GET", "/v1/turn", Map.of(), "").status());
    }
    assertEquals(200, RawClient.get(service.baseUrl(), path + "?disconnect").statusCode());

    late.say("}");

    assertEquals(101, late.answer().status());
    assertEquals("7:::1+0", late.text());
    assertEquals(1000, late.awaitClose());
    nobodyIsThere();
  }
}
