package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Admin;
import io.respoke.AppSecretTokens;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectionState;
import io.respoke.RoleRef;
import io.respoke.TokenSpec;
import io.respoke.Tokens;
import io.respoke.event.Connected;
import io.respoke.event.Disconnected;
import io.respoke.event.MessageReceived;
import io.respoke.event.PresenceChanged;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.ClientFailure;
import io.respoke.examples.interop.driver.JavaClient;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** respoke.js and the Java client log in, each in its own way, and meet. */
@Tag("browser")
class BrowserConnectTest {
  @RegisterExtension final Interop interop = new Interop();

  @Test
  void both_connect_in_development_mode_and_reach_each_other() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();

    Connected connected = bob.await(Connected.class);
    assertEquals("bob", connected.endpointId());
    JsonObject state = alice.ask("state");
    assertTrue(state.getBoolean("connected"));
    assertEquals("alice", state.getString("endpointId"));
    assertMeet(alice, bob);
  }

  @Test
  void both_connect_with_brokered_tokens_and_reach_each_other() {
    Admin broker = interop.broker();
    String token =
        JavaClient.get(broker.createToken(TokenSpec.of("alice", RoleRef.appDefault()))).token();
    BrowserPage alice = interop.page("alice");
    alice.call("createClient", "baseURL", interop.service().url());

    JsonObject state = alice.ask("connect", "token", token);
    assertEquals("alice", state.getString("endpointId"));
    JavaClient bob =
        interop
            .java(
                "bob",
                options ->
                    options
                        .endpointId("bob")
                        .tokenProvider(
                            Tokens.appSecret(
                                AppSecretTokens.of(
                                    interop.service().appSecret(), RoleRef.appDefault()))))
            .connect();
    assertMeet(alice, bob);
  }

  @Test
  void a_token_that_the_other_side_has_used_is_refused() {
    Admin broker = interop.broker();
    String token =
        JavaClient.get(broker.createToken(TokenSpec.of("alice", RoleRef.appDefault()))).token();
    JavaClient java = interop.java("alice", options -> options.token(token)).connect();

    BrowserPage alice = interop.page("alice");
    alice.call("createClient", "baseURL", interop.service().url());
    ClientFailure refused =
        assertThrows(ClientFailure.class, () -> alice.call("connect", "token", token));
    assertTrue(refused.getMessage().contains("not authenticated"), refused.getMessage());

    String other =
        JavaClient.get(broker.createToken(TokenSpec.of("alice", RoleRef.appDefault()))).token();
    alice.call("connect", "token", other);
    JavaClient late = interop.java("late", options -> options.token(other));
    ConnectFailedException used = assertThrows(ConnectFailedException.class, late::connect);
    assertEquals(ConnectFailedException.Step.SESSION, used.step());
    assertEquals(401, used.status());
    assertTrue(java.client().isConnected());
  }

  @Test
  void logging_out_is_seen_by_the_other_side() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();
    alice.call("getEndpoint", "id", "bob");
    alice.await("endpoint-presence", "presence", "available");
    JavaClient.get(bob.client().endpoint("alice").observePresence());

    JavaClient.get(bob.client().disconnect());
    bob.await(Disconnected.class);
    assertEquals(ConnectionState.DISCONNECTED, bob.client().state());
    alice.await("endpoint-presence", "presence", "unavailable");

    bob.connect();
    alice.await("endpoint-presence", "presence", "available");
    JavaClient.get(bob.client().endpoint("alice").observePresence());
    alice.call("disconnect");
    alice.await("disconnect");
    assertFalse(alice.ask("state").getBoolean("connected"));
    bob.await(PresenceChanged.class, event -> event.presence().text().equals("unavailable"));
  }

  private static void assertMeet(BrowserPage alice, JavaClient bob) {
    alice.call("sendMessage", "endpointId", "bob", "message", "hello bob");
    MessageReceived hello = bob.await(MessageReceived.class);
    assertEquals("alice", hello.message().from());
    assertEquals("hello bob", hello.message().text());

    JavaClient.get(bob.client().sendMessage("alice", "hello alice"));
    assertEquals("hello alice", alice.await("message", "from", "bob").text("message"));
  }
}
