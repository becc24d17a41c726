package io.respoke.examples.echobot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Message;
import io.respoke.Respoke;
import io.respoke.event.MessageReceived;
import io.respoke.event.PresenceChanged;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EchoBotTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void theDemoTellsItsStory() {
    EchoBot.run(new String[] {"--demo"}, Map.of(), out);

    String story = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(story.contains("echo-bot: listening as echo"), story);
    assertTrue(story.contains("ada hears: echo: hello"), story);
    assertTrue(story.contains("ada hears: {\"echo\":{\"answer\":42}}"), story);
    assertTrue(story.endsWith("echo-bot: ok" + System.lineSeparator()), story);
  }

  @Test
  void answersTextWithTextAndJsonWithJson(RespokeService service) throws Exception {
    try (EchoBot bot = bot(service, "echo");
        Talker ada = new Talker(service, "ada")) {
      await(bot.start());
      assertEquals("echo: hello", ada.ask("echo", "hello").text());
      JsonObject said = Json.createObjectBuilder().add("n", 1).build();
      assertEquals(said, ada.ask("echo", said).json().asJsonObject().get("echo"));
    }
  }

  @Test
  void twoBotsDoNotTalkForEver(RespokeService service) throws Exception {
    try (EchoBot first = bot(service, "first");
        EchoBot second = bot(service, "second");
        Talker ada = new Talker(service, "ada")) {
      await(first.start());
      await(second.start());
      // As if the second bot had answered the first one.
      await(ada.client.sendMessage("first", "echo: hello"));
      assertEquals("echo: are you there?", ada.ask("first", "are you there?").text());
      assertTrue(ada.heard.isEmpty(), "the echo was echoed");
    }
  }

  @Test
  void comesBackWithATokenOfItsOwnAfterADrop(RespokeService service) throws Exception {
    try (EchoBot bot = bot(service, "echo");
        Talker ada = new Talker(service, "ada")) {
      BlockingQueue<String> seen = new LinkedBlockingQueue<>();
      ada.client.listen(PresenceChanged.class, e -> seen.add(e.presence().text()));
      await(bot.start());
      await(ada.client.endpoint("echo").observePresence());
      // Connected is not yet announced: the answer, or what follows it, says so.
      assertEquals("available", seen.poll(20, TimeUnit.SECONDS));
      assertEquals(1, service.hooks().dropConnections("echo"));
      assertEquals("unavailable", seen.poll(20, TimeUnit.SECONDS));
      assertEquals("available", seen.poll(20, TimeUnit.SECONDS));
      assertEquals("echo: still there?", ada.ask("echo", "still there?").text());
    }
  }

  private EchoBot bot(RespokeService service, String endpointId) {
    return new EchoBot(
        EchoBot.options(
            Map.of(
                "RESPOKE_BASE_URL", service.baseUrl().toString(),
                "RESPOKE_APP_SECRET", service.app().secret()),
            endpointId),
        out);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** Somebody who talks to bots. */
  private static final class Talker implements AutoCloseable {
    final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    final Client client;

    Talker(RespokeService service, String endpointId) {
      client =
          Respoke.createClient(
              ClientOptions.builder()
                  .baseUrl(service.baseUrl())
                  .appId(service.app().id())
                  .developmentMode(true)
                  .endpointId(endpointId)
                  .build());
      client.listen(MessageReceived.class, e -> heard.add(e.message()));
      EchoBotTest.await(client.connect());
    }

    Message ask(String endpointId, Object question) throws InterruptedException {
      EchoBotTest.await(client.sendMessage(endpointId, question));
      Message answer = heard.poll(20, TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError(endpointId + " did not answer " + question);
      }
      return answer;
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
