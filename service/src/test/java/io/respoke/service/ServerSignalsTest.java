package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** An app's server signals as the endpoint it names. */
class ServerSignalsTest {
  private static String offer(String more) {
    return ("{'to':'bob'"
            + more
            + ",'signal':{'signalType':'offer','sessionId':'S"
            + more.length()
            + "','target':'call','signalId':'I','version':'1.0',"
            + "'sessionDescription':{'type':'offer','sdp':'v=0'}}}")
        .replace('\'', '"');
  }

  private static String from(RespokeService service, RawClient bob, String more) {
    assertEquals(
        200,
        RawClient.http(
                service.baseUrl(),
                "POST",
                "/v1/signaling",
                offer(more),
                "App-Secret",
                service.app().secret())
            .statusCode());
    JsonObject header = bob.event("signal").getJsonObject("header");
    return header.getString("from");
  }

  @Test
  void theNameComesFromTheBody() {
    try (RespokeService service =
            RespokeService.start(ServiceOptions.builder().noRateLimit().build());
        RawClient bob = RawClient.connect(service, "bob", RawClient.BROWSER);
        RawClient alice = RawClient.connect(service, "alice", RawClient.BROWSER)) {
      assertEquals("alice", from(service, bob, ",'endpointId':'alice'"));
      assertEquals("carol", from(service, bob, ",'from':'carol','endpointId':'alice'"));
      assertEquals(
          403,
          alice
              .request("post", "/v1/signaling", Json.parseObject(offer(",'endpointId':'carol'")))
              .status());
    }
  }
}
