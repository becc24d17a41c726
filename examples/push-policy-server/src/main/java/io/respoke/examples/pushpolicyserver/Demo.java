package io.respoke.examples.pushpolicyserver;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.MessageOptions;
import io.respoke.PushService;
import io.respoke.Respoke;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A service in this JVM, its app's server, and somebody who is away while others write. */
final class Demo {
  private static final String SECRET = "0123456789abcdef";

  private Demo() {}

  static void run(PrintStream out) throws Exception {
    // One line by the phone, one for each of two messages by the server.
    CountDownLatch told = new CountDownLatch(3);
    ServiceOptions options =
        ServiceOptions.builder()
            .privateWebhooks(true)
            .pushSender(
                notification -> {
                  out.println("the phone of " + notification.endpointId() + " rings");
                  told.countDown();
                })
            .build();
    try (RespokeService service = RespokeService.start(options)) {
      Admin admin =
          Respoke.admin(
              AdminOptions.builder()
                  .baseUrl(service.baseUrl())
                  .appSecret(service.app().secret())
                  .build());
      PushPolicy policy = new PushPolicy(Optional.empty(), Set.of("mallory"));
      try (PushPolicyServer server =
          new PushPolicyServer(
              0,
              SECRET,
              admin,
              policy,
              Clock.systemUTC(),
              line -> {
                out.println(line);
                told.countDown();
              })) {
        introduce(admin, service.app().id(), server);
        try (Client ada = connect(service, "ada")) {
          ada.registerPush(PushService.GOOGLE, "the phone of ada").toCompletableFuture().join();
        }
        for (String who : new String[] {"mallory", "grace"}) {
          try (Client client = connect(service, who)) {
            client
                .endpoint("ada")
                .sendMessage("are you there?", MessageOptions.defaults().withPush(true))
                .toCompletableFuture()
                .join();
          }
        }
        if (!told.await(20, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody told ada's phone");
        }
      }
    }
  }

  /** Tells the service where the server is, and to ask it before anybody is notified. */
  static void introduce(Admin admin, String appId, PushPolicyServer server) {
    JsonObject webhook =
        Json.createObjectBuilder()
            .add("url", server.url().toString())
            .add("secret", SECRET)
            .add("types", Json.createArrayBuilder().add("pushEvent"))
            .build();
    JsonObject kind =
        Json.createObjectBuilder().add("enable", true).add("sendPushEvent", true).build();
    JsonObject rules =
        Json.createObjectBuilder()
            .add("message", kind)
            .add("call", kind)
            .add("group", kind)
            .build();
    String app = "/v1/apps/" + appId;
    admin.request("put", app + "/webhook", webhook).toCompletableFuture().join();
    admin.request("put", app + "/push", rules).toCompletableFuture().join();
  }

  static Client connect(RespokeService service, String endpointId) {
    return Respoke.connect(
            ClientOptions.builder()
                .baseUrl(service.baseUrl())
                .appId(service.app().id())
                .developmentMode(true)
                .endpointId(endpointId)
                .build())
        .toCompletableFuture()
        .join();
  }
}
