package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AppSecretTokens;
import io.respoke.ClientOptions;
import io.respoke.DirectConnection;
import io.respoke.DirectConnectionOptions;
import io.respoke.HangupReason;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.Tokens;
import io.respoke.event.DirectConnectionClosed;
import io.respoke.event.DirectMessageReceived;
import io.respoke.event.IncomingDirectConnection;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.examples.interop.driver.Trace;
import io.respoke.examples.interop.driver.TurnServer;
import io.respoke.media.MediaStats;
import io.respoke.service.AppOptions;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import io.respoke.service.TurnOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Media through a real TURN server, with the credentials that the service makes for it. */
@Tag("media")
@Tag("turn")
@Timeout(120)
class TurnTest {
  private static final DirectConnectionOptions RELAYED =
      DirectConnectionOptions.defaults().withRelayOnly();

  @TempDir private Path folder;

  private static RespokeService service(TurnServer server, String secret) {
    return RespokeService.start(
        ServiceOptions.builder()
            .port(0)
            .app(AppOptions.builder().build())
            .turn(new TurnOptions(secret, server.uri()))
            .build());
  }

  private static JavaClient client(RespokeService service, String endpointId) {
    ClientOptions options =
        ClientOptions.builder()
            .baseUrl(service.baseUrl().toString())
            .appId(service.app().id())
            // The role for development must not use relays.
            .tokenProvider(
                Tokens.appSecret(AppSecretTokens.of(service.app().secret(), RoleRef.appDefault())))
            .endpointId(endpointId)
            .presence("available")
            .mediaConnectTimeout(Duration.ofSeconds(5))
            .build();
    return new JavaClient(endpointId, Respoke.createClient(options), new Trace()).connect();
  }

  private static MediaStats.Path path(DirectConnection connection) {
    return JavaClient.get(connection.statistics()).connection().orElseThrow();
  }

  @Test
  void data_goes_through_the_relay() throws Exception {
    try (TurnServer server = TurnServer.start("shared", folder);
        RespokeService service = service(server, "shared");
        JavaClient alice = client(service, "alice");
        JavaClient bob = client(service, "bob")) {
      DirectConnection from = alice.client().endpoint("bob").startDirectConnection(RELAYED);
      DirectConnection to = bob.await(IncomingDirectConnection.class).directConnection();
      to.accept(RELAYED);
      JavaClient.get(from.opened());
      JavaClient.get(from.sendMessage("through the relay"));
      assertEquals("through the relay", bob.await(DirectMessageReceived.class).message().text());
      JavaClient.get(to.opened());
      JavaClient.get(to.sendMessage("and back"));
      assertEquals("and back", alice.await(DirectMessageReceived.class).message().text());
      assertEquals("relay", path(from).localPath());
      assertEquals("relay", path(to).localPath());
    }
  }

  /** Shows that the server checks, and that nothing but the relay was used above. */
  @Test
  void with_another_secret_there_is_no_path() throws Exception {
    try (TurnServer server = TurnServer.start("shared", folder);
        RespokeService service = service(server, "another");
        JavaClient alice = client(service, "alice");
        JavaClient bob = client(service, "bob")) {
      alice.client().endpoint("bob").startDirectConnection(RELAYED);
      bob.await(IncomingDirectConnection.class).directConnection().accept(RELAYED);
      // Who gives up first tells the other.
      List<HangupReason> reasons =
          List.of(
              alice.await(DirectConnectionClosed.class).reason(),
              bob.await(DirectConnectionClosed.class).reason());
      assertTrue(reasons.contains(HangupReason.ICE_FAILED), reasons.toString());
    }
  }
}
