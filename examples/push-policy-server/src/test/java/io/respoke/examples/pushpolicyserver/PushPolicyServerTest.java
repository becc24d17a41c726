package io.respoke.examples.pushpolicyserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.Client;
import io.respoke.MessageOptions;
import io.respoke.PushService;
import io.respoke.Respoke;
import io.respoke.examples.pushpolicyserver.PushPolicy.QuietHours;
import io.respoke.service.PushNotification;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server between a service and real clients. */
class PushPolicyServerTest {
  private static final String SECRET = "0123456789abcdef";
  private static final Instant NIGHT = Instant.parse("2026-01-01T23:00:00Z");
  private static final Instant DAY = Instant.parse("2026-01-02T12:00:00Z");
  private static final PushPolicy POLICY =
      new PushPolicy(
          Optional.of(QuietHours.of("22:00-07:00", ZoneId.of("UTC"))), Set.of("mallory"));
  private static final MessageOptions PUSH = MessageOptions.defaults().withPush(true);

  private final BlockingQueue<PushNotification> phone = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(DAY);
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private RespokeService service;
  private Admin admin;

  @BeforeEach
  void start() {
    service =
        RespokeService.start(
            ServiceOptions.builder()
                .noRateLimit()
                .privateWebhooks(true)
                .pushSender(phone::add)
                .build());
    admin = admin(service.baseUrl());
  }

  @AfterEach
  void stop() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    service.close();
  }

  private <T extends AutoCloseable> T closing(T closeable) {
    open.push(closeable);
    return closeable;
  }

  private Admin admin(URI url) {
    return Respoke.admin(
        AdminOptions.builder().baseUrl(url).appSecret(service.app().secret()).build());
  }

  private PushPolicyServer server(Admin answers, InstantSource clock) throws Exception {
    PushPolicyServer server =
        closing(new PushPolicyServer(0, SECRET, answers, POLICY, clock, lines::add));
    Demo.introduce(admin, service.app().id(), server);
    return server;
  }

  private Client connect(String who) {
    return closing(Demo.connect(service, who));
  }

  private Client bob() {
    Client bob = connect("bob");
    done(bob.registerPush(PushService.GOOGLE, "device-of-bob"));
    return bob;
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T item = queue.poll(15, TimeUnit.SECONDS);
    assertNotNull(item);
    return item;
  }

  @Test
  void theStoryIsTold() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Demo.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    List<String> story = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals("nothing for ada: mallory is muted", story.get(0));
    assertEquals(
        Set.of("for ada: grace: are you there?", "the phone of ada rings"),
        Set.copyOf(story.subList(1, story.size())));
    assertEquals(3, story.size(), story::toString);
  }

  @Test
  void thePolicyDecidesWhatBecomesANotification() throws Exception {
    server(admin, now::get);
    Client bob = bob();
    Client alice = connect("alice");
    Client mallory = connect("mallory");
    done(mallory.endpoint("bob").sendMessage("look at this", PUSH));
    assertEquals("nothing for bob: mallory is muted", next(lines));

    now.set(NIGHT);
    done(alice.endpoint("bob").sendMessage("asleep?", PUSH));
    assertEquals("nothing for bob: these are quiet hours", next(lines));
    call(alice, "bob");
    assertEquals("alice is calling", next(phone).text());
    assertEquals("for bob: alice is calling", next(lines));

    now.set(DAY);
    done(alice.endpoint("bob").sendMessage("good morning", PUSH));
    PushNotification shown = next(phone);
    assertEquals("alice: good morning", shown.text());
    assertEquals("device-of-bob", shown.deviceToken());
    assertEquals("for bob: alice: good morning", next(lines));

    done(bob.join("lobby"));
    done(done(alice.join("lobby")).sendMessage("hello all", PUSH));
    assertEquals("alice in lobby: hello all", next(phone).text());
    assertEquals("for bob: alice in lobby: hello all", next(lines));
    assertEquals(0, phone.size());
  }

  /** An offer, without the media that a call would need. */
  private static void call(Client from, String to) {
    JsonObject description =
        Json.createObjectBuilder().add("type", "offer").add("sdp", "v=0").build();
    JsonObject signal =
        Json.createObjectBuilder()
            .add("signalType", "offer")
            .add("sessionId", "a-call")
            .add("target", "call")
            .add("signalId", "1")
            .add("version", "1.0")
            .add("sessionDescription", description)
            .build();
    JsonObject body = Json.createObjectBuilder().add("to", to).add("signal", signal).build();
    JsonValue unused = done(from.request("post", "/v1/signaling", body));
  }

  @Test
  void whatSomebodyElseAnsweredIsNotAnsweredTwice() throws Exception {
    InstantSource whileOthersAnswer =
        () -> {
          String deliveries = "/v1/apps/" + service.app().id() + "/webhook-deliveries";
          JsonValue list = done(admin.request("get", deliveries, null));
          String id = list.asJsonObject().getJsonArray("items").getJsonObject(0).getString("id");
          JsonValue delivery = done(admin.request("get", deliveries + "/" + id, null));
          String push =
              delivery.asJsonObject().getJsonObject("event").getString("pushNotificationId");
          JsonObject answer = Json.createObjectBuilder().add("pushText", "the other").build();
          JsonValue unused = done(admin.request("post", "/v1/push-notification/" + push, answer));
          return DAY;
        };
    server(admin, whileOthersAnswer);
    bob();
    Client alice = connect("alice");
    done(alice.endpoint("bob").sendMessage("hi", PUSH));
    assertEquals("too late for bob", next(lines));
    assertEquals("the other", next(phone).text());
    assertEquals(0, phone.size());
  }

  @Test
  void aServiceThatCannotBeReachedAsksAgain() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    server(admin(URI.create("http://127.0.0.1:" + closed)), now::get);
    bob();
    Client alice = connect("alice");
    done(alice.endpoint("bob").sendMessage("hi", PUSH));
    for (int attempt = 1; attempt <= 2; attempt++) {
      String line = next(lines);
      assertTrue(line.startsWith("to be asked again about bob: "), line);
    }
    assertEquals(0, phone.size());
  }

  @Test
  void strangersAreRefused() throws Exception {
    PushPolicyServer server = server(admin, now::get);
    HttpRequest request =
        HttpRequest.newBuilder(server.url())
            .header("Respoke-Signature", "t=1,v1=" + "0".repeat(64))
            .POST(HttpRequest.BodyPublishers.ofString("{\"header\":{\"type\":\"pushEvent\"}}"))
            .build();
    assertEquals(
        401,
        HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.discarding())
            .statusCode());
    assertEquals("refused with 401", next(lines));
  }
}
