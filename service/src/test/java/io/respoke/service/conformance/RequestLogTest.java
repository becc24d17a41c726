package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.RawClient;
import io.respoke.service.RequestEntry;
import io.respoke.service.RequestEntry.Caller;
import io.respoke.service.ServiceOptions;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What an access log and an audit log are told. */
class RequestLogTest extends Conformance {
  private final List<RequestEntry> entries = new CopyOnWriteArrayList<>();

  @Override
  ServiceOptions.Builder startOptions() {
    return options().requestLog(entries::add);
  }

  private RequestEntry only(String method, String path) {
    List<RequestEntry> found =
        entries.stream().filter(e -> e.method().equals(method) && e.path().equals(path)).toList();
    assertEquals(1, found.size(), entries::toString);
    return found.get(0);
  }

  @Test
  void requestsOfBothChannelsAreTold() {
    RawClient alice = server("alice", RawClient.OTHER);
    HttpResponse<String> overHttp = http("GET", "/v1/turn?x=1", null, "App-Secret", SECRET);
    RawClient.Ack ack = alice.request("get", "/v1/groups?limit=1", null);

    RequestEntry http = only("get", "/v1/turn");
    assertFalse(http.socket());
    assertEquals(overHttp.statusCode(), http.status());
    assertEquals(overHttp.headers().firstValue("Request-Id").orElseThrow(), http.requestId());
    assertEquals(Caller.APP, http.caller());
    assertEquals(APP_ID, http.appId());
    assertEquals("127.0.0.1", http.remoteAddress());
    assertEquals(clock.now(), http.at().toEpochMilli());
    RequestEntry socket = only("get", "/v1/groups");
    assertTrue(socket.socket());
    assertEquals(ack.status(), socket.status());
    assertEquals(200, only("get", "/socket.io/1/").status());
  }

  @Test
  void endpointsAreNamed() {
    RawClient bob = browser("bob");
    presence(bob, "\"here\"");

    RequestEntry entry = only("post", "/v1/presence");

    assertEquals(Caller.ENDPOINT, entry.caller());
    assertEquals("bob", entry.name());
    assertFalse(entry.administrative());
  }

  @Test
  void whatAdministratorsDoIsMarked() {
    HttpResponse<String> wrong =
        post("/v1/admin-sessions", "{\"username\":\"root\",\"password\":\"guess\"}");
    assertEquals(401, wrong.statusCode());
    RequestEntry refused = only("post", "/v1/admin-sessions");
    assertEquals(401, refused.status());
    assertEquals("root", refused.name());
    assertTrue(refused.administrative());
    entries.clear();

    String token = adminToken();
    assertEquals(200, only("post", "/v1/admin-sessions").status());
    HttpResponse<String> made = post("/v1/apps", "{\"name\":\"new\"}", "Admin-Token", token);
    assertEquals(200, made.statusCode(), made.body());
    RequestEntry entry = only("post", "/v1/apps");
    assertTrue(entry.administrative());
    assertEquals(Caller.ADMINISTRATOR, entry.caller());
    assertEquals("root", entry.name());
    assertEquals(200, http("GET", "/v1/apps", null, "Admin-Token", token).statusCode());
    assertFalse(only("get", "/v1/apps").administrative());
    assertEquals(401, post("/v1/roles", "{\"name\":\"x\"}", "App-Secret", "no").statusCode());
    assertTrue(only("post", "/v1/roles").administrative());
    assertEquals(Caller.REJECTED, only("post", "/v1/roles").caller());
  }

  @Test
  void noEntryHasACredential() {
    RawClient alice = server("alice", RawClient.OTHER);
    String session = session("bob");
    RawClient bob = closing(RawClient.open(service, "app-token", session, RawClient.OTHER));
    assertEquals(200, bob.register(null).status());
    String token = adminToken();
    assertEquals(200, http("GET", "/v1/apps", null, "Admin-Token", token).statusCode());
    RawClient.Ack unused = alice.request("get", "/v1/turn", null);

    String all = entries.toString();

    assertTrue(entries.size() >= 6, all);
    for (String secret : List.of(SECRET, session, token, "open sesame")) {
      assertFalse(all.contains(secret), all);
    }
  }

  @Test
  void aLogThatThrowsTakesNoAnswerAway() {
    restart(
        options()
            .requestLog(
                entry -> {
                  throw new IllegalStateException("full");
                }));
    RawClient alice = server("alice", RawClient.OTHER);

    assertEquals(200, alice.request("get", "/v1/groups", null).status());
    assertEquals(200, http("GET", "/v1/turn", null, "App-Secret", SECRET).statusCode());
  }

  @Test
  void whatIsNoRequestIsToldAsWell() {
    RawClient alice = server("alice", RawClient.OTHER);
    entries.clear();
    assertEquals(400, RawClient.http(service.baseUrl(), "POST", "/v1/tokens", "[").statusCode());
    assertEquals(404, http("GET", "/v1/nothing", null, "App-Secret", SECRET).statusCode());
    refused(404, alice.request("get", "/v1/none", null));

    assertEquals(List.of(400, 404, 404), entries.stream().map(RequestEntry::status).toList());
  }
}
