package io.respoke.service.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.respoke.protocol.Json;
import io.respoke.service.state.SdkProfile;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
  private final Router router =
      new Router()
          .add("post", "presenceobservers", r -> name("observe", r))
          .add("post", "session-tokens", r -> name("exchange", r))
          .add("post", "connections", r -> name("connect", r))
          .add("delete", "connections/{}", r -> name("disconnect", r))
          .add("put", "connections/{}/push-token/{}", r -> name("push", r))
          .add("post", "groups", r -> name("join", r))
          .add("post", "groups/{}/publish", r -> name("publish", r))
          .add("get", "groups/{}/subscribers", r -> name("members", r))
          .add("get", "groups/{}", r -> name("members", r))
          .add("get", "endpoints/{}/conversations", r -> name("conversations", r));

  private static Answer name(String name, Request request) {
    return Answer.of(
        Json.object().add("name", name).add("values", Json.strings(request.values())).build());
  }

  private static Request request(String method, String path) {
    return new Request(
        method,
        path,
        JsonValue.EMPTY_JSON_OBJECT,
        JsonValue.EMPTY_JSON_OBJECT,
        new Caller.Anonymous(),
        null,
        SdkProfile.OTHER,
        "127.0.0.1",
        "id",
        0,
        List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "post|/v1/presenceobservers|observe|",
        "post|/v1/presence-observers/|observe|",
        "post|/V1/PresenceObservers|observe|",
        "post|/v1/appauthsessions|exchange|",
        "post|/v1/endpointconnections|connect|",
        "delete|/v1/connections/alice/|disconnect|alice",
        "delete|/v1/connections/al%40ice|disconnect|al@ice",
        "put|/v1/connections/C1/push-token/T1|push|C1,T1",
        "post|/v1/channels|join|",
        "post|/v1/groups/|join|",
        "post|/v1/channels/room1/publish/|publish|room1",
        "post|/v1/groups/a/b/publish|publish|a/b",
        "post|/v1/groups/a%2Fb/Publish|publish|a/b",
        "get|/v1/groups/50% off|members|50% off",
        "get|/v1/groups/%E2%82%AC|members|€",
        "get|/v1/groups/%FF|members|%FF",
        "get|/v1/groups/subscribers|members|subscribers",
        "get|/v1/channels/a+b/subscribers/|members|a+b",
        "get|/v1/endpoints/@u:h/conversations|conversations|@u:h"
      })
  void everySpellingFindsItsRoute(String method, String path, String name, String values) {
    JsonObject body = router.handle(request(method, path)).body().asJsonObject();
    assertEquals(name, body.getString("name"));
    assertEquals(
        values == null ? "" : values,
        String.join(",", body.getJsonArray("values").getValuesAs(v -> Json.text(v))));
  }

  @ParameterizedTest
  @CsvSource({
    "get, /v1/nothing, 404",
    "get, /, 404",
    "get, /v1/, 404",
    "get, /v2/groups, 404",
    "patch, /v1/groups/a, 405",
    "post, /v1/presenceobservers/x, 404"
  })
  void whatIsNoRouteIsRefused(String method, String path, int status) {
    Refused refused = assertThrows(Refused.class, () -> router.handle(request(method, path)));
    assertEquals(status, refused.answer().status());
  }

  @Test
  void parametersAreReadTheLenientWay() {
    JsonObject read = PathText.parameters("a=1&a=2&a=3&b=x+y%20z&c&=lost&&d=50% off&e=a=b");
    assertEquals("[\"1\",\"2\",\"3\"]", Json.write(read.get("a")));
    assertEquals("x+y z", read.getString("b"));
    assertEquals("", read.getString("c"));
    assertEquals("50% off", read.getString("d"));
    assertEquals("a=b", read.getString("e"));
    assertEquals(5, read.size());
  }

  @Test
  void pointsInTimeAreReadInEveryFormTheSdksWrite() {
    long second = Instant.parse("2015-11-10T13:03:21Z").toEpochMilli();
    assertEquals(second + 999, Timestamps.parse("Tue Nov 10 14:03:21 GMT+01:00 2015"));
    assertEquals(second + 999, Timestamps.parse("Tue Nov 10 13:03:21 UTC 2015"));
    assertEquals(second + 999, Timestamps.parse("Tue Nov 10 08:03:21 EST 2015"));
    assertEquals(second, Timestamps.parse("2015-11-10T13:03:21Z"));
    assertEquals(second + 5, Timestamps.parse("2015-11-10T14:03:21.005+01:00"));
    assertNull(Timestamps.parse("yesterday"));
  }
}
