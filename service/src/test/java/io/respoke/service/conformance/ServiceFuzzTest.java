package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.AppOptions;
import io.respoke.service.RawClient;
import io.respoke.service.ServiceApp;
import io.respoke.service.ServiceOptions;
import io.respoke.service.edge.RouteNames;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random requests over HTTP and random frames, by a stranger and by another app: none of them is an
 * internal error, and none brings anything of the app. {@code respoke.fuzz.requests} says how many.
 */
@Tag("fuzz")
class ServiceFuzzTest extends Conformance {
  private static final String MARK = "of-the-vault";

  /** What is in the app and in no request. */
  private static final String PLAN = "the plan";

  private static final String MEMBER = "hidden-member";
  private static final String OTHER_SECRET = "the-secret-of-the-other-app";
  private static final List<String> NAMES =
      List.of(
          "endpointId",
          "to",
          "toConnection",
          "message",
          "signal",
          "groups",
          "groupIds",
          "name",
          "presence",
          "endpointList",
          "appId",
          "ttl",
          "roleId",
          "roleName",
          "tokenId",
          "token",
          "service",
          "limit",
          "before",
          "persist",
          "ccSelf",
          "connectionId",
          "toType",
          "username",
          "password",
          "permittedDomains",
          "developmentMode",
          "capabilities",
          "endpointIds");

  private final long seed = Long.getLong("respoke.fuzz.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<String> routes = RouteNames.all();
  private RawClient alice;
  private RawClient stranger;

  @Override
  ServiceOptions.Builder startOptions() {
    return ServiceOptions.builder()
        .app(app().build())
        .app(AppOptions.builder().secret(OTHER_SECRET).build())
        .adminUser("root", "open sesame")
        .noRateLimit()
        .clock(clock);
  }

  private String any(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String id() {
    return switch (random.nextInt(10)) {
      case 0 -> "room-" + MARK;
      case 1 -> "alice-" + MARK;
      case 2 -> alice.connectionId();
      case 3 -> APP_ID;
      case 4 -> "";
      case 5 -> "\u0000\r\n\ud800é%ff../";
      case 6 -> "x".repeat(random.nextInt(3_000));
      case 7 -> Integer.toString(random.nextInt());
      case 8 -> "__SYSTEM__";
      default -> "bob";
    };
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 3 ? 7 : 9)) {
      case 0 -> "null";
      case 1 -> random.nextBoolean() ? "true" : "false";
      case 2 -> Long.toString(random.nextLong());
      case 3 -> "1e" + random.nextInt(400);
      case 4 -> "-0.0";
      case 7 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
      case 8 -> object(depth + 1);
      default -> Json.write(Json.string(id()));
    };
  }

  private String object(int depth) {
    StringBuilder out = new StringBuilder("{");
    for (int i = random.nextInt(6); i > 0; i--) {
      out.append(out.length() > 1 ? "," : "")
          .append('"')
          .append(any(NAMES))
          .append("\":")
          .append(value(depth));
    }
    return out.append('}').toString();
  }

  private String torn(String text) {
    if (random.nextInt(5) > 0 || text.isEmpty()) {
      return text;
    }
    int at = random.nextInt(text.length());
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at);
      case 1 -> text.substring(0, at) + (char) random.nextInt(0xd800) + text.substring(at);
      default -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 3));
    };
  }

  private String path(String template, boolean encoded) {
    String path = "/v1/" + template;
    while (path.contains("{}")) {
      String id = id();
      String put = encoded ? URLEncoder.encode(id, StandardCharsets.UTF_8) : id;
      path = path.substring(0, path.indexOf("{}")) + put + path.substring(path.indexOf("{}") + 2);
    }
    return path;
  }

  private String[] credential() {
    return switch (random.nextInt(4)) {
      case 0 -> new String[] {"App-Secret", OTHER_SECRET};
      case 1 -> new String[] {"App-Token", "F5F3D4A1-0000-4000-8000-000000000000"};
      case 2 -> new String[] {"Admin-Token", "x"};
      default -> new String[] {"Accept", "*/*"};
    };
  }

  private void overHttp(int number) {
    String[] route = any(routes).split(" ");
    String method = random.nextInt(8) == 0 ? "PATCH" : route[0].toUpperCase(Locale.ROOT);
    String path = path(route[1], true);
    String body = torn(object(0));
    String[] credential = credential();
    HttpResponse<String> answer =
        http(method, path, body, credential[0], credential[1], "Content-Type", type());
    check(number, answer.statusCode(), answer.body(), method + " " + path + " " + body);
  }

  private String type() {
    return any(List.of("application/json", "application/x-www-form-urlencoded", "text/plain"));
  }

  private void overSocket(int number) {
    String[] route = any(routes).split(" ");
    String argument =
        "{\"url\":"
            + Json.write(Json.string(path(route[1], random.nextBoolean())))
            + ",\"data\":"
            + object(0)
            + ",\"headers\":{}}";
    String frame =
        "5:"
            + (1_000_000 + number)
            + "+::{\"name\":\""
            + route[0]
            + "\",\"args\":["
            + argument
            + "]}";
    String sent = torn(frame);
    if (!stranger.isOpen()) {
      stranger = another();
    }
    stranger.send(sent);
    if (sent.equals(frame) && stranger.isOpen()) {
      RawClient.Ack ack = stranger.ack(1_000_000 + number);
      check(number, ack.status(), Json.write(ack.body()), sent);
    }
  }

  private void check(int number, int status, String body, String sent) {
    assertTrue(status != 500, () -> context(number) + " got 500 for " + sent + ": " + body);
    for (String hidden : List.of(PLAN, MEMBER)) {
      assertFalse(body.contains(hidden), () -> context(number) + sent + " got " + body);
    }
  }

  private String context(int number) {
    return "seed " + seed + ", number " + number + ": ";
  }

  private RawClient another() {
    ServiceApp other = service.apps().get(1);
    RawClient client = RawClient.open(service, "app-secret", other.secret(), RawClient.OTHER);
    RawClient.Ack registered = client.register("mallory");
    assertEquals(200, registered.status());
    return closing(client);
  }

  @Test
  void nothingRandomIsAnInternalErrorOrAnothersSecret() {
    alice = closing(RawClient.connect(service, "alice-" + MARK, RawClient.OTHER));
    join(alice, "room-" + MARK);
    RawClient.Ack kept =
        alice.request(
            "post",
            "/v1/groups/room-" + MARK + "/publish",
            Json.object().add("message", PLAN).add("persist", true).build());
    join(browser(MEMBER), "room-" + MARK);
    assertEquals(MEMBER, alice.event("join").getString("endpointId"));
    assertEquals(200, kept.status());
    stranger = another();

    int requests = Integer.getInteger("respoke.fuzz.requests", 4_000);
    for (int i = 0; i < requests; i++) {
      if (random.nextBoolean()) {
        overHttp(i);
      } else {
        overSocket(i);
      }
    }

    assertEquals(List.of(), alice.leftovers(), () -> context(requests));
    assertTrue(alice.isOpen());
  }
}
