package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.examples.interop.driver.ClientFailure;
import io.respoke.examples.interop.driver.NodeAdmin;
import io.respoke.examples.interop.driver.TcpRelay;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every error that respoke-admin has a type for, brought about by the real service. */
@Tag("node")
class NodeErrorsTest {
  @RegisterExtension final Interop interop = new Interop();

  @Test
  void connecting_without_any_token_is_NoAuthenticationTokens() {
    NodeAdmin admin = interop.admin("admin");

    admin.call("auth.connect");

    assertEquals("NoAuthenticationTokens", admin.await("error").text("type"));
  }

  @Test
  void connecting_with_a_secret_and_no_endpoint_is_MissingEndpointIdAsAdmin() {
    NodeAdmin admin = interop.admin("admin", "App-Secret", interop.service().appSecret());

    admin.call("auth.connect");

    assertEquals("MissingEndpointIdAsAdmin", admin.await("error").text("type"));
  }

  @Test
  void a_refused_http_request_is_UnexpectedServerResponseError_with_status_and_reason() {
    NodeAdmin wrong = interop.admin("wrong", "App-Secret", "0000");

    JsonObject stranger =
        refused(
            "UnexpectedServerResponseError",
            () -> wrong.call("messages.send", "to", "bob", "message", "hi"));
    assertEquals(401, stranger.getInt("statusCode"));
    assertFalse(stranger.getJsonObject("body").getString("error").isEmpty());

    JsonObject used =
        refused(
            "UnexpectedServerResponseError",
            () -> interop.admin("late").call("auth.sessionToken", "tokenId", "no such token"));
    assertEquals(401, used.getInt("statusCode"));

    NodeAdmin admin = interop.admin("admin", "App-Secret", interop.service().appSecret());
    JsonObject missing =
        refused(
            "UnexpectedServerResponseError",
            () -> admin.call("roles.delete", "roleId", "no such role"));
    assertEquals(404, missing.getInt("statusCode"));
  }

  @Test
  void a_refused_socket_request_is_SocketErrorResponseFromServer_with_the_reason() {
    NodeAdmin server = connected(interop.service().url());

    JsonObject invalid =
        refused(
            "SocketErrorResponseFromServer",
            () -> server.call("messages.send", "message", "to nobody"));
    assertTrue(
        invalid.getJsonObject("body").getJsonObject("validationErrors").containsKey("to"),
        invalid.toString());

    assertEquals(
        "success", server.ask("messages.send", "to", "x", "message", "fine").getString("message"));
  }

  @Test
  void an_answer_that_is_not_json_is_UnparseableResponse() throws Exception {
    TcpRelay network = interop.closing(new TcpRelay(interop.service().port()));
    NodeAdmin server = connected("http://127.0.0.1:" + network.port());

    network.replace("{\\\"message\\\":\\\"success\\\"}", "{\\\"message\\\":\\\"success\\\"!");

    ClientFailure garbled =
        assertThrows(
            ClientFailure.class,
            () -> server.call("messages.send", "to", "server2", "message", "hi"));
    assertEquals("UnparseableResponse", garbled.type());
  }

  @Test
  void a_handshake_with_a_wrong_secret_is_an_error_event() {
    NodeAdmin wrong = interop.admin("wrong", "App-Secret", "0000", "endpointId", "server");

    wrong.call("auth.connect");

    wrong.await("error");
    assertTrue(wrong.ask("state").isNull("connectionId"));
  }

  private NodeAdmin connected(String url) {
    NodeAdmin server =
        interop.adminAt(
            url, "server", "App-Secret", interop.service().appSecret(), "endpointId", "server");
    server.call("auth.connect");
    server.await("connect");
    return server;
  }

  private static JsonObject refused(String type, Runnable request) {
    ClientFailure failure = assertThrows(ClientFailure.class, request::run);
    assertEquals(type, failure.type());
    return failure.details().getJsonObject("res");
  }
}
