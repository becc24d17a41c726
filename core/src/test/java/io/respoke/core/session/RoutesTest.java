package io.respoke.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.protocol.Paths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
  @ParameterizedTest
  @CsvSource({
    "/v1/messages, /v1/messages",
    "/v1/groups, /v1/groups",
    "/v1/groups/, /v1/groups",
    "/v1/groups/bridge/history, /v1/groups/{id}/history",
    "/v1/channels/a%2Fb/subscribers/, /v1/channels/{id}/subscribers",
    "/v1/connections/c1/push-token/p1, /v1/connections/{id}/push-token/{id}",
    "/v1/endpoints/joe/conversations, /v1/endpoints/{id}/conversations",
    "/v1/roles?appId=secret, /v1/roles"
  })
  void idsAndQueriesAreLeftOutOfNamesOfMetrics(String path, String name) {
    assertEquals(name, Routes.template(path));
  }

  @Test
  void noIdOfAnyRouteOfTheClientGetsIntoAName() {
    String id = "very-secret";
    for (String path :
        new String[] {
          Paths.connection(id),
          Paths.subscribers(id),
          Paths.publish(id),
          Paths.history(id),
          Paths.conversations(id),
          Paths.app(id),
          Paths.role(id)
        }) {
      assertEquals(-1, Routes.template(path).indexOf(id), path);
    }
  }
}
