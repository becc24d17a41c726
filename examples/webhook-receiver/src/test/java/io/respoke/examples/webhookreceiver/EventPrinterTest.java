package io.respoke.examples.webhookreceiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.webhook.WebhookEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class EventPrinterTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private List<String> story() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void whatTheServiceSignsTheReceiverTakes() throws Exception {
    EventPrinter.run(new String[0], Map.of(), out);

    List<String> story = story();
    assertEquals(5, story.size(), story::toString);
    assertTrue(
        story.containsAll(
            List.of(
                "ada is here",
                "ada joined lobby",
                "ada to lobby: \"first!\"",
                "ada left lobby",
                "ada is gone")),
        story::toString);
    assertTrue(story.indexOf("ada joined lobby") < story.indexOf("ada to lobby: \"first!\""));
    assertTrue(story.indexOf("ada to lobby: \"first!\"") < story.indexOf("ada left lobby"));
    assertTrue(story.indexOf("ada is here") < story.indexOf("ada is gone"));
  }

  @Test
  void whatStrangersSendIsRefused() throws Exception {
    List<WebhookEvent> events = new CopyOnWriteArrayList<>();
    try (EventPrinter printer = new EventPrinter(0, "0123456789abcdef", events::add, out)) {
      HttpRequest request =
          HttpRequest.newBuilder(printer.url())
              .header("Respoke-Signature", "t=1,v1=" + "0".repeat(64))
              .POST(HttpRequest.BodyPublishers.ofString("{\"header\":{\"type\":\"webhookTest\"}}"))
              .build();
      int status =
          HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode();
      assertEquals(401, status);
    }
    assertEquals(List.of(), events);
    assertEquals(List.of("refused with 401"), story());
  }
}
