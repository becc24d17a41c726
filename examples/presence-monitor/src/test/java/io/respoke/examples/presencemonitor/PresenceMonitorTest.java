package io.respoke.examples.presencemonitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import jakarta.json.Json;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PresenceMonitorTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  @Test
  void theDemoTellsItsStory() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PresenceMonitor.run(
        new String[] {"--demo"}, Map.of(), new PrintStream(bytes, true, StandardCharsets.UTF_8));

    String story = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(story.contains("monitor: now {ada=unavailable}"), story);
    assertTrue(story.contains("available -> dnd \"in a meeting\" (2 connected)"), story);
    assertTrue(story.contains("(NETWORK): nothing is known from now on"), story);
    assertTrue(story.contains("now {ada=available}"), story);
    assertTrue(story.endsWith("presence-monitor: ok" + System.lineSeparator()), story);
  }

  @Test
  void knowsWhatChangedWhileItWasAway(RespokeService service) throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (Client ada = ada(service);
        PresenceMonitor monitor =
            new PresenceMonitor(
                PresenceMonitor.options(
                    Map.of(
                        "RESPOKE_BASE_URL", service.baseUrl().toString(),
                        "RESPOKE_APP_SECRET", service.app().secret())),
                List.of("ada", "nobody"),
                lines::add)) {
      await(ada.connect());
      await(ada.setPresence("available"));
      await(monitor.start());
      assertEquals(Map.of("ada", "available", "nobody", "unavailable"), monitor.board());

      service.hooks().refuseConnections(true);
      service.hooks().dropConnections("presence-monitor");
      await(ada.setPresence("away"));
      service.hooks().refuseConnections(false);
      String line;
      do {
        line = lines.poll(20, TimeUnit.SECONDS);
      } while (line != null && !line.contains("nothing was known for"));
      assertTrue(line != null && line.endsWith("{ada=away, nobody=unavailable}"), line);
    }
  }

  @Test
  void quietOnOneDeviceIsQuietOnAll() {
    assertEquals("dnd", resolved("available", "dnd", "chat"));
    assertEquals("chat", resolved("away", "chat", "available"));
    assertEquals("in the lab", resolved("in the lab", "at home"));
    assertEquals("unavailable", resolved());
  }

  private static String resolved(String... presences) {
    List<JsonValue> values =
        Stream.of(presences).map(text -> (JsonValue) Json.createValue(text)).toList();
    return ((JsonString) new QuietWins().resolve(values)).getString();
  }

  private static Client ada(RespokeService service) {
    return Respoke.createClient(
        ClientOptions.builder()
            .baseUrl(service.baseUrl())
            .appId(service.app().id())
            .developmentMode(true)
            .endpointId("ada")
            .build());
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
