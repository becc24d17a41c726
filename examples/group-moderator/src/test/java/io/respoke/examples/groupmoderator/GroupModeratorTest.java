package io.respoke.examples.groupmoderator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Group;
import io.respoke.MessageOptions;
import io.respoke.Respoke;
import io.respoke.event.GroupLeft;
import io.respoke.event.MessageReceived;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
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

class GroupModeratorTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perTest();

  private static final MessageOptions PERSIST = MessageOptions.defaults().withPersist(true);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void theDemoTellsItsStory() {
    GroupModerator.run(new String[0], Map.of(), out);

    String story = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(story.contains("moderator: watches lobby, messages in its history: 1"), story);
    assertTrue(story.contains("ada hears: ada, moderator"), story);
    assertTrue(story.contains("ada hears: ada: first!"), story);
    assertTrue(story.contains("mallory hears: That word is not used in lobby."), story);
    assertTrue(story.contains("mallory hears: You were removed from lobby"), story);
    assertTrue(story.contains("ada hears in the lobby: mallory was removed"), story);
    assertTrue(story.contains("mallory is a member: false"), story);
    assertTrue(story.endsWith("group-moderator: ok" + System.lineSeparator()), story);
  }

  @Test
  void removesWhoOffendedWhileItWasAway(RespokeService service) throws Exception {
    try (Person mallory = new Person(service, "mallory");
        GroupModerator moderator = moderator(service)) {
      await(mallory.group.sendMessage("troll", PERSIST));
      await(mallory.group.sendMessage("troll again", PERSIST));
      await(moderator.start());
      mallory.awaitRemoval();
      assertFalse(mallory.group.isJoined());
    }
  }

  @Test
  void removesTheBannedWheneverTheyComeBackUntilAnOperatorPardonsThem(RespokeService service)
      throws Exception {
    try (Person ada = new Person(service, "ada");
        Person mallory = new Person(service, "mallory");
        GroupModerator moderator = moderator(service)) {
      await(moderator.start());
      await(mallory.group.sendMessage("troll"));
      assertEquals("That word is not used in lobby.", mallory.hear());
      await(mallory.group.sendMessage("troll"));
      assertEquals("You were removed from lobby", mallory.hear());
      mallory.awaitRemoval();

      await(mallory.group.join());
      assertEquals("You were removed from lobby", mallory.hear());
      mallory.awaitRemoval();

      assertEquals("Only operators pardon.", mallory.ask("!pardon mallory"));
      assertEquals("mallory may come back", ada.ask("!pardon mallory"));
      await(mallory.group.join());
      assertEquals("strikes: 0", mallory.ask("!strikes"));
      assertTrue(mallory.group.isJoined());
    }
  }

  private GroupModerator moderator(RespokeService service) {
    return new GroupModerator(
        GroupModerator.Settings.of(
            new String[] {"lobby", "troll"},
            Map.of(
                "RESPOKE_BASE_URL", service.baseUrl().toString(),
                "RESPOKE_APP_SECRET", service.app().secret(),
                "RESPOKE_OPERATORS", "ada")),
        out);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** A member of the lobby. */
  private static final class Person implements AutoCloseable {
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<GroupLeft> removals = new LinkedBlockingQueue<>();
    final Client client;
    final Group group;

    Person(RespokeService service, String endpointId) {
      client =
          Respoke.createClient(
              ClientOptions.builder()
                  .baseUrl(service.baseUrl())
                  .appId(service.app().id())
                  .developmentMode(true)
                  .endpointId(endpointId)
                  .onLeave(removals::add)
                  .build());
      client.listen(MessageReceived.class, e -> heard.add(e.message().text()));
      group = GroupModeratorTest.await(GroupModeratorTest.await(client.connect()).join("lobby"));
    }

    String ask(String command) throws InterruptedException {
      GroupModeratorTest.await(group.sendMessage(command));
      return hear();
    }

    String hear() throws InterruptedException {
      String text = heard.poll(20, TimeUnit.SECONDS);
      return text == null ? "nothing" : text;
    }

    void awaitRemoval() throws InterruptedException {
      if (removals.poll(20, TimeUnit.SECONDS) == null) {
        throw new AssertionError(client.endpointId() + " is still a member");
      }
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
