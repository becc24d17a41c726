package io.respoke.examples.groupmoderator;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Group;
import io.respoke.MessageOptions;
import io.respoke.Respoke;
import io.respoke.event.GroupLeft;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MessageReceived;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A service in this JVM, the moderator, somebody who is curious and somebody who swears. */
final class Demo {
  private static final MessageOptions PERSIST = MessageOptions.defaults().withPersist(true);

  private Demo() {}

  static void run(PrintStream out) {
    try (RespokeService service = RespokeService.start(ServiceOptions.defaults());
        Client ada = client(service, "ada");
        Client mallory = client(service, "mallory");
        GroupModerator moderator = new GroupModerator(settings(service), out)) {
      Group lobby = await(await(ada.connect()).join("lobby"));
      await(lobby.sendMessage("first!", PERSIST));
      await(moderator.start());

      hears(out, ada, () -> lobby.sendMessage("!members"));
      hears(out, ada, () -> lobby.sendMessage("!last 3"));

      Group entered = await(await(mallory.connect()).join("lobby"));
      hears(out, mallory, () -> entered.sendMessage("you troll!", PERSIST));
      CompletableFuture<GroupLeft> left = new CompletableFuture<>();
      mallory.once(GroupLeft.class, left::complete);
      CompletableFuture<String> told = new CompletableFuture<>();
      lobby.listen(
          GroupMessageReceived.class,
          e -> {
            if (e.message().from().equals("moderator")) {
              told.complete(e.message().text());
            }
          });
      hears(out, mallory, () -> entered.sendMessage("troll, troll, troll", PERSIST));
      await(left);
      out.println("ada hears in the lobby: " + await(told));
      out.println("mallory is a member: " + entered.isJoined());
    }
    out.println("group-moderator: ok");
  }

  private static GroupModerator.Settings settings(RespokeService service) {
    return GroupModerator.Settings.of(
        new String[] {"lobby", "troll"},
        Map.of(
            "RESPOKE_BASE_URL", service.baseUrl().toString(),
            "RESPOKE_APP_SECRET", service.app().secret()));
  }

  private static Client client(RespokeService service, String endpointId) {
    return Respoke.createClient(
        ClientOptions.builder()
            .baseUrl(service.baseUrl())
            .appId(service.app().id())
            .developmentMode(true)
            .endpointId(endpointId)
            .build());
  }

  private interface Saying {
    CompletionStage<Void> say();
  }

  private static void hears(PrintStream out, Client who, Saying saying) {
    CompletableFuture<MessageReceived> answer = new CompletableFuture<>();
    who.once(MessageReceived.class, answer::complete);
    await(saying.say());
    out.println(who.endpointId().orElseThrow() + " hears: " + await(answer).message().text());
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
