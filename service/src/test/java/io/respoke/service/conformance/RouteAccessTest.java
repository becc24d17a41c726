package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.AppOptions;
import io.respoke.service.RawClient;
import io.respoke.service.ServiceOptions;
import io.respoke.service.edge.RouteNames;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who gets what from each route: {@code routes.txt} names them all. Nobody without a credential, no
 * member without the permission, and no other app's server may see or change what is an app's.
 */
class RouteAccessTest extends Conformance {
  private static final String OTHER_SECRET = "the-secret-of-the-other-app";

  /** Names that another app must never see. */
  private static final String ROOM = "vault-17";

  private static final String ENDPOINT = "alice-of-the-vault";

  private RawClient alice;

  private record Route(
      String method, String template, int anonymous, int guest, int appServer, int otherServer) {
    String path() {
      String path = "/v1/" + template;
      String first =
          template.startsWith("apps/")
              ? APP_ID
              : template.startsWith("endpoints/") ? ENDPOINT : ROOM;
      path = path.replaceFirst("\\{}", first);
      return path.replace("{}", ENDPOINT);
    }

    @Override
    public String toString() {
      return method + " " + template;
    }
  }

  static List<Route> routes() throws IOException {
    try (InputStream in = RouteAccessTest.class.getResourceAsStream("routes.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.strip().split("\\s+"))
          .map(
              row ->
                  new Route(
                      row[0],
                      row[1],
                      Integer.parseInt(row[2]),
                      Integer.parseInt(row[3]),
                      Integer.parseInt(row[4]),
                      Integer.parseInt(row[5])))
          .toList();
    }
  }

  @Override
  ServiceOptions.Builder startOptions() {
    return ServiceOptions.builder()
        .app(app().developmentMode(false).build())
        .app(AppOptions.builder().secret(OTHER_SECRET).build())
        .noRateLimit()
        .clock(clock);
  }

  @BeforeEach
  void somethingToHide() {
    alice = closing(RawClient.connectWithRole(service, ENDPOINT, "customer", RawClient.OTHER));
    join(alice, ROOM);
    RawClient.Ack kept =
        alice.request(
            "post",
            "/v1/groups/" + ROOM + "/publish",
            json("{\"message\":\"the plan\",\"persist\":true}"));
    assertEquals(200, kept.status());
  }

  /** A body that most routes can do something with. */
  private static JsonObject body() {
    return Json.object()
        .add("to", "bob")
        .add("message", "hello")
        .add("signal", "{\"version\":\"1.0\",\"signalType\":\"bye\",\"sessionId\":\"s\"}")
        .add("name", ROOM)
        .add("groups", Json.array().add(ROOM))
        .add("groupIds", Json.array().add(ROOM))
        .add("endpointList", Json.array().add(ENDPOINT))
        .add("presence", Json.object().add("type", "available"))
        .add("token", "device")
        .add("service", "google")
        .add("tokenId", "0")
        .add("username", "root")
        .add("password", "guess")
        .add("debugData", Json.object())
        .build();
  }

  private HttpResponse<String> over(Route route, String... headers) {
    List<String> all = new ArrayList<>(Arrays.asList(headers));
    all.add("Content-Type");
    all.add("application/json");
    String query = "?groupIds=" + ROOM + "&groups=" + ROOM;
    return http(
        route.method.toUpperCase(Locale.ROOT),
        route.path() + (route.method.equals("get") ? query : ""),
        route.method.equals("get") ? null : Json.write(body()),
        all.toArray(String[]::new));
  }

  /** What administrators see of the app, the history of its group included. */
  private String hidden() {
    String[] secret = {"App-Secret", SECRET};
    return Stream.of(
            "/v1/apps/" + APP_ID,
            "/v1/groups",
            "/v1/groups/" + ROOM + "/subscribers",
            "/v1/groups/" + ROOM + "/history",
            "/v1/roles")
        .map(path -> http("GET", path, null, secret).body())
        .toList()
        .toString();
  }

  @Test
  void theTableHasEveryRoute() throws IOException {
    assertEquals(
        RouteNames.all().stream().sorted().toList(),
        routes().stream().map(Route::toString).sorted().toList());
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("routes")
  void nobodyGetsAnythingWithoutACredential(Route route) {
    String before = hidden();

    HttpResponse<String> answer = over(route);
    assertEquals(route.anonymous, answer.statusCode(), answer.body());
    assertFalse(answer.statusCode() == 200, answer.body());
    for (String[] bad :
        List.of(
            new String[] {"App-Secret", "wrong"},
            new String[] {"App-Token", "wrong"},
            new String[] {"Admin-Token", "wrong"})) {
      HttpResponse<String> refused = over(route, bad);
      assertTrue(refused.statusCode() >= 400 && refused.statusCode() < 500, refused.body());
      assertFalse(refused.body().contains(ENDPOINT), refused.body());
    }

    assertEquals(before, hidden());
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("routes")
  void aRoleCountsOnBothChannels(Route route) {
    String before = hidden();
    String session = RawClient.session(service, service.app(), "guest", "guest");
    RawClient socket = closing(RawClient.open(service, "app-token", session, RawClient.OTHER));
    if (!route.toString().equals("post connections")) {
      RawClient.Ack unused = socket.register(null);
    }

    RawClient.Ack ack =
        socket.request(
            route.method,
            route.path() + "?groupIds=" + ROOM + "&groups=" + ROOM,
            route.method.equals("get") ? null : body());

    assertEquals(route.guest, ack.status(), ack::toString);
    String overHttp = RawClient.session(service, service.app(), "guest", "guest");
    HttpResponse<String> answer = over(route, "App-Token", overHttp);
    // Less is possible than over a socket, which has a connection, and never more.
    assertTrue(
        answer.statusCode() == route.guest || answer.statusCode() >= 400,
        () -> answer.statusCode() + " " + answer.body());
    assertFalse(answer.body().contains("the plan"));
    assertFalse(ack.toString().contains("the plan"));
    assertEquals(before, hidden());
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("routes")
  void anotherAppsServerSeesAndChangesNothing(Route route) {
    String before = hidden();

    HttpResponse<String> answer = over(route, "App-Secret", OTHER_SECRET);

    assertEquals(route.otherServer, answer.statusCode(), answer.body());
    assertFalse(answer.body().contains("the plan"), answer.body());
    assertFalse(answer.body().contains(alice.connectionId()), answer.body());
    HttpResponse<String> named =
        http(
            route.method.toUpperCase(Locale.ROOT),
            route.path() + "?appId=" + APP_ID,
            null,
            "App-Secret",
            OTHER_SECRET);
    for (String theirs : List.of(APP_ID, "the plan", alice.connectionId())) {
      assertFalse(named.body().contains(theirs), named.body());
    }
    assertEquals(before, hidden());
    assertEquals(List.of(), alice.leftovers());
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("routes")
  void anAppsServerIsNoAdministrator(Route route) {
    assertEquals(route.appServer, over(route, "App-Secret", SECRET).statusCode());
  }
}
