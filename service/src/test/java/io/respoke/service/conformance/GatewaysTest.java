package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.RawClient;
import io.respoke.service.ServiceOptions;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls to numbers and SIP addresses, which an endpoint takes. */
class GatewaysTest extends Calls {
  @Override
  ServiceOptions.Builder startOptions() {
    return ServiceOptions.builder()
        .app(app().role("caller", Json.parseObject("{\"pstnOut\":[\"+15551234\"]}")).build())
        .gateway("did", "trunk")
        .gateway("sip", "trunk")
        .noRateLimit()
        .clock(clock);
  }

  @ParameterizedTest
  @CsvSource({"did, +15551234", "sip, sip:spock@example.com"})
  @DisplayName("A gateway sees the number, and speaks as it")
  void takesCalls(String type, String address) {
    RawClient trunk = server("trunk", RawClient.NODE);
    RawClient alice = withRole("alice", "caller");
    taken(typed(alice, address, type, "offer", described("offer")));
    JsonObject offer = header(got(trunk, "offer"));
    assertEquals(address, offer.getString("to"));
    assertEquals(type, offer.getString("toType"));
    assertEquals("alice", offer.getString("from"));
    taken(signal(trunk, "alice", alice, "answer", described("answer")));
    JsonObject answer = header(got(alice, "answer"));
    assertEquals(address, answer.getString("from"));
    assertEquals(type, answer.getString("fromType"));
    taken(typed(alice, address, type, "connected", ""));
    got(trunk, "connected");
    taken(typed(alice, address, type, "bye", ""));
    got(trunk, "bye");
    silent(alice);
  }

  @Test
  @DisplayName("A call fails when the gateway is away, or the role does not allow the number")
  void refusesCalls() {
    RawClient alice = withRole("alice", "caller");
    refused(404, typed(alice, "+15551234", "did", "offer", described("offer")));
    RawClient trunk = server("trunk", RawClient.NODE);
    refused(403, typed(alice, "+15559999", "did", "offer", described("offer")));
    refused(400, typed(alice, "x", "fax", "offer", described("offer")));
    silent(alice);
    assertTrue(trunk.isOpen());
  }

  @Test
  @DisplayName("Without a gateway numbers are refused")
  void needsAGateway() {
    restart(options());
    refused(400, typed(browser("alice"), "+15551234", "did", "offer", described("offer")));
  }

  @Test
  @DisplayName("A gateway takes numbers or SIP addresses, nothing else")
  void validatesOptions() {
    assertThrows(
        IllegalArgumentException.class, () -> ServiceOptions.builder().gateway("web", "trunk"));
    assertThrows(
        IllegalArgumentException.class, () -> ServiceOptions.builder().gateway("did", " "));
  }
}
