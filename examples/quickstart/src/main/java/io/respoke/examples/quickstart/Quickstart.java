package io.respoke.examples.quickstart;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Group;
import io.respoke.MessageOptions;
import io.respoke.ReconnectPolicy;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenSpec;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MemberJoined;
import io.respoke.event.MemberLeft;
import io.respoke.event.MessageReceived;
import io.respoke.event.PresenceChanged;
import io.respoke.event.Reconnected;
import io.respoke.event.RespokeEvent;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The whole library in one sitting: a service in this JVM, a broker that mints tokens with the
 * app's secret, and two clients that find each other, talk, share a group and survive a dropped
 * connection.
 */
public final class Quickstart {
  private final RespokeService service;
  private final Admin broker;

  private Quickstart(RespokeService service) {
    this.service = service;
    broker =
        Respoke.admin(
            AdminOptions.builder()
                .baseUrl(service.baseUrl())
                .appId(service.app().id())
                .appSecret(service.app().secret())
                .build());
  }

  /** Runs the story; ends with the line {@code quickstart: ok}, or with an exception. */
  public static void main(String[] args) {
    try (RespokeService service = RespokeService.start(ServiceOptions.defaults())) {
      say("service listens on " + service.baseUrl());
      new Quickstart(service).run();
    }
    say("quickstart: ok");
  }

  private void run() {
    try (Client alice = client("alice");
        Client bob = client("bob")) {
      await(alice.connect());
      say("alice is connected as connection " + alice.connectionId().orElseThrow());
      messages(alice, bob);
      groups(alice, bob);
      drop(alice, bob);
      await(bob.disconnect());
      say("bob has logged out");
    }
  }

  /** A client whose every connection gets a fresh token from the broker. */
  private Client client(String endpointId) {
    TokenProvider tokens =
        request -> {
          say(endpointId + " asks the broker for a token, attempt " + request.attempt());
          return broker
              .createToken(TokenSpec.of(endpointId, RoleRef.appDefault()))
              .thenApply(minted -> Token.of(minted.token()));
        };
    return Respoke.createClient(
        ClientOptions.builder()
            .baseUrl(service.baseUrl())
            .endpointId(endpointId)
            .tokenProvider(tokens)
            .presence("available")
            .reconnectPolicy(
                ReconnectPolicy.defaults()
                    .withDelays(Duration.ofMillis(100), Duration.ofSeconds(2)))
            .build());
  }

  private void messages(Client alice, Client bob) {
    await(alice.endpoint("bob").observePresence());
    CompletionStage<PresenceChanged> seen =
        next(alice, PresenceChanged.class, e -> e.presence().text().equals("available"));
    bob.listen(
        MessageReceived.class,
        e -> e.message().sender().sendMessage("you said: " + e.message().text()));
    await(bob.connect());
    say("alice sees that bob is " + await(seen).presence().text());

    CompletionStage<MessageReceived> answer = next(alice, MessageReceived.class, e -> true);
    await(alice.sendMessage("bob", "hello"));
    say("bob answers alice: " + await(answer).message().text());
  }

  private void groups(Client alice, Client bob) {
    Group bridge = await(alice.join("bridge"));
    CompletionStage<MemberJoined> joined = next(alice, MemberJoined.class, e -> true);
    await(bob.join("bridge"));
    say("alice sees " + await(joined).connection().endpoint().id() + " join " + bridge.id());

    CompletionStage<GroupMessageReceived> heard = next(bob, GroupMessageReceived.class, e -> true);
    await(bridge.sendMessage("all hands", MessageOptions.defaults().withPersist(true)));
    say("bob hears in the group: " + await(heard).message().text());

    CompletionStage<MemberLeft> left = next(alice, MemberLeft.class, e -> true);
    await(bob.group("bridge").leave());
    say("alice sees " + await(left).connection().endpoint().id() + " leave");
    await(bob.join("bridge"));
  }

  private void drop(Client alice, Client bob) {
    CompletionStage<Reconnected> back = next(alice, Reconnected.class, e -> true);
    CompletionStage<GroupMessageReceived> missed =
        next(alice, GroupMessageReceived.class, e -> e.message().isBackfilled());
    service.hooks().dropConnections("alice");
    say("alice's connection is cut");
    await(bob.group("bridge").sendMessage("anyone?", MessageOptions.defaults().withPersist(true)));

    Reconnected event = await(back);
    say(
        "alice is back after "
            + event.downtime().toMillis()
            + " ms with groups "
            + event.restored().groups()
            + " and observers "
            + event.restored().observed());
    say("alice gets what she missed: " + await(missed).message().text());

    CompletionStage<PresenceChanged> away =
        next(alice, PresenceChanged.class, e -> e.presence().text().equals("away"));
    await(bob.setPresence("away"));
    say("alice sees that bob is " + await(away).presence().text());
  }

  private static <E extends RespokeEvent> CompletionStage<E> next(
      Client client, Class<E> type, Predicate<E> wanted) {
    CompletableFuture<E> next = new CompletableFuture<>();
    client.listen(
        type,
        event -> {
          if (wanted.test(event)) {
            next.complete(event);
          }
        });
    return next;
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
