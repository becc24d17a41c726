package io.respoke.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.protocol.Json;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PresenceOrderTest {
  private static final List<String> ORDER =
      List.of("chat", "available", "away", "dnd", "xa", "unavailable");
  private final PresenceOrder order = new PresenceOrder();

  private String resolve(String... presences) {
    List<JsonValue> values = new ArrayList<>();
    for (String presence : presences) {
      values.add(Json.string(presence));
    }
    return Json.text(order.resolve(values));
  }

  @Test
  void anEndpointWithoutConnectionsIsUnavailable() {
    assertEquals("unavailable", resolve());
  }

  @Test
  void theFirstKnownWordInTheOrderWinsWhateverTheOrderOfConnections() {
    for (int better = 0; better < ORDER.size(); better++) {
      for (int worse = better; worse < ORDER.size(); worse++) {
        assertEquals(ORDER.get(better), resolve(ORDER.get(better), ORDER.get(worse)));
        assertEquals(ORDER.get(better), resolve(ORDER.get(worse), ORDER.get(better)));
      }
    }
    List<String> shuffled = new ArrayList<>(ORDER);
    Collections.shuffle(shuffled, new Random(5));
    assertEquals("chat", resolve(shuffled.toArray(String[]::new)));
  }

  @Test
  void knownWordsAreComparedInAnyCaseAndReturnedAsTheyCame() {
    assertEquals("Chat", resolve("available", "Chat"));
  }

  @Test
  void otherValuesComeLastEvenAfterUnavailableAndAsTheyAre() {
    assertEquals("unavailable", resolve("in a meeting", "unavailable"));
    assertEquals("in a meeting", resolve("in a meeting", "out to lunch"));
    JsonValue object = Json.object().add("mood", "sunny").build();
    assertEquals(object, order.resolve(List.of(object)));
  }
}
