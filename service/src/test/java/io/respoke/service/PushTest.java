package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.Receiver.Received;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that become push notifications. */
class PushTest {
  private final ManualServiceClock clock = new ManualServiceClock();
  private final LinkedBlockingQueue<PushNotification> sent = new LinkedBlockingQueue<>();
  private volatile CountDownLatch hold = new CountDownLatch(0);
  private RespokeService service;
  private Receiver receiver;
  private String app;

  @BeforeEach
  void start() throws Exception {
    receiver = new Receiver();
    service =
        RespokeService.start(
            ServiceOptions.builder()
                .noRateLimit()
                .clock(clock)
                .privateWebhooks(true)
                .pushSender(
                    notification -> {
                      hold.await();
                      sent.add(notification);
                    })
                .app(AppOptions.builder().webhook(receiver.url("/"), "0123456789abcdef").build())
                .build());
    app = "/v1/apps/" + service.app().id();
    ok(call("PUT", app + "/webhook", "{'types':['pushEvent']}"));
    try (RawClient bob = RawClient.connect(service, "bob", RawClient.ANDROID)) {
      bob.request("post", "/v1/groups", json("{'groups':['room']}"));
      RawClient.Ack ack =
          bob.request(
              "post",
              "/v1/connections/" + bob.connectionId() + "/push-token",
              json("{'token':'device-token','service':'google'}"));
      assertNotNull(ack.object().getString("id"));
    }
    awaitGone();
  }

  /** Bob's lost connection is noticed when its socket is. */
  private void awaitGone() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (service.snapshot().connections() > 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("bob is still connected");
      }
    }
  }

  @AfterEach
  void stop() {
    service.close();
    receiver.close();
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.replace('\'', '"'));
  }

  private HttpResponse<String> call(String method, String path, String body) {
    return RawClient.http(
        service.baseUrl(),
        method,
        path,
        body.replace('\'', '"'),
        "App-Secret",
        service.app().secret());
  }

  private static void ok(HttpResponse<String> response) {
    assertEquals(200, response.statusCode(), response.body());
  }

  private void rules(String rules) {
    ok(call("PUT", app + "/push", rules));
  }

  private void message(String more) {
    ok(
        call(
            "POST",
            "/v1/messages",
            "{'to':'bob','endpointId':'alice','message':'hi'" + more + "}"));
  }

  private PushNotification next() throws InterruptedException {
    PushNotification notification = sent.poll(10, TimeUnit.SECONDS);
    assertNotNull(notification);
    return notification;
  }

  @Test
  void aMessageWhoseSenderWantsItBecomesANotification() throws Exception {
    message(",'push':true");
    rules("{'message':{'enable':true,'badge':true,'sound':'ping','category':'chat'}}");
    message("");
    message(",'push':true");
    assertEquals(
        new PushNotification(
            service.app().id(), "bob", "google", "device-token", "hi", true, null, "ping", "chat"),
        next());
    assertEquals(0, sent.size(), "only what came after the rules and asked for it");
    assertEquals(0, receiver.waiting());
  }

  @Test
  void whoIsConnectedNeedsNone() throws Exception {
    rules("{'message':{'enable':true,'rules':{'requireNoActiveConnection':true}}}");
    try (RawClient bob = RawClient.connect(service, "bob", RawClient.ANDROID)) {
      message(",'push':true");
      assertNotNull(bob.event("message"));
    }
    awaitGone();
    message(",'push':true");
    next();
    assertEquals(0, sent.size());
  }

  @Test
  void theServerIsAskedOnceAndForAWhile() throws Exception {
    rules("{'message':{'enable':true,'sound':'ping','sendPushEvent':true}}");
    message(",'push':true");
    Received event = receiver.next();
    assertEquals("pushEvent", event.type());
    assertEquals("bob", event.json().getString("endpointId"));
    assertEquals("hi", event.json().getString("pushText"));
    assertEquals("hi", event.json().getJsonObject("originalMsg").getString("body"));
    assertEquals("ping", event.json().getJsonObject("config").getString("sound"));
    assertFalse(event.body().contains("device-token"));
    String path = "/v1/push-notification/" + event.json().getString("pushNotificationId");
    ok(call("POST", path, "{'originalMsg':{},'pushText':'changed','badgeCount':3}"));
    PushNotification notification = next();
    assertEquals("changed", notification.text());
    assertEquals(3, notification.badgeCount());
    assertEquals("ping", notification.sound());
    assertEquals(404, call("POST", path, "{'pushText':'again'}").statusCode());
    message(",'push':true");
    String late = receiver.next().json().getString("pushNotificationId");
    clock.advance(Duration.ofMinutes(10));
    assertEquals(
        404, call("POST", "/v1/push-notification/" + late, "{'pushText':'late'}").statusCode());
    assertEquals(0, sent.size());
  }

  @Test
  void aGroupNotifiesWhoTakesPartAndIsNamed() throws Exception {
    rules(
        "{'group':{'enable':true,'rules':{'requireOwnEndpointInMessage':true}},"
            + "'groups':{'quiet':{'enable':false}}}");
    for (String text : new String[] {"hello all", "hello bob"}) {
      String body = "{'endpointId':'alice','push':true,'message':'" + text + "'}";
      ok(call("POST", "/v1/channels/room/publish", body));
      ok(call("POST", "/v1/channels/other/publish", body));
    }
    assertEquals("hello bob", next().text());
    assertEquals(0, sent.size());
  }

  @Test
  void aCallToSomebodyWhoIsAwayNotifies() throws Exception {
    rules("{'call':{'enable':true}}");
    HttpResponse<String> answer =
        call(
            "POST",
            "/v1/signaling",
            "{'to':'bob','endpointId':'alice','signal':{'signalType':'offer','sessionId':'S',"
                + "'target':'call','signalId':'I','version':'1.0',"
                + "'sessionDescription':{'type':'offer','sdp':'v=0'}}}");
    assertEquals(404, answer.statusCode(), answer.body());
    assertEquals("S", Json.parseObject(next().text()).getString("sessionId"));
  }

  /** Whether the service still listens: it does until it closes. */
  private boolean listens() {
    try (Socket socket = new Socket("127.0.0.1", service.port())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatWaitsLeavesWhenTheServiceCloses() throws Exception {
    rules("{'message':{'enable':true}}");
    hold = new CountDownLatch(1);
    for (int i = 0; i < 8; i++) {
      message(",'push':true");
    }
    Thread closing = new Thread(service::close, "closing");
    closing.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (listens()) {
      assertTrue(System.nanoTime() < deadline, "it still listens");
    }
    hold.countDown();
    closing.join();
    assertEquals(8, sent.size());
  }

  @Test
  void theHttpSenderPostsJsonAndFailsWithoutTheToken() throws Exception {
    PushNotification notification =
        new PushNotification("app", "bob", "apple", "device-token", "hi", false, 2, "", "");
    PushSender sender = PushSender.http(URI.create(receiver.url("/push")), "Bearer s3cret");
    sender.send(notification);
    JsonObject body = receiver.next().json();
    assertEquals("device-token", body.getString("deviceToken"));
    assertEquals(2, body.getInt("badgeCount"));
    receiver.answer(307);
    String failure = "";
    try {
      sender.send(notification);
    } catch (IOException e) {
      failure = e.getMessage();
    }
    assertEquals("the push gateway answered with 307", failure);
    String shown = sender + " " + notification;
    assertFalse(shown.contains("s3cret") || shown.contains("device-token"), shown);
  }
}
