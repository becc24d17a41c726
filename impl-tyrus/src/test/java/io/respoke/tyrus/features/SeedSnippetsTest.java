package io.respoke.tyrus.features;

import static io.respoke.tyrus.features.Stage.get;
import static io.respoke.tyrus.features.Stage.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectOptions;
import io.respoke.ConnectionState;
import io.respoke.DisconnectReason;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.TokenSpec;
import io.respoke.event.Connected;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.Reconnected;
import io.respoke.tyrus.features.Stage.Seen;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The snippets of the platform's own guides, line by line, compiled and run. */
class SeedSnippetsTest {
  private final Stage stage = new Stage();
  private final String baseUrl = stage.service.baseUrl().toString();
  private final String appId = stage.service.app().id();
  private final AtomicInteger minted = new AtomicInteger();

  @AfterEach
  void close() {
    stage.close();
  }

  /** What the guides' own server does: it holds appId, App-Secret and role, and mints. */
  private String yourServer(String endpointId) {
    minted.incrementAndGet();
    Admin admin =
        Respoke.admin(
            AdminOptions.builder()
                .baseUrl(baseUrl)
                .appId(appId)
                .appSecret(stage.service.app().secret())
                .build());
    return get(admin.createToken(
            new TokenSpec(endpointId, RoleRef.appDefault(), Duration.ofHours(24))))
        .token();
  }

  @Test
  @DisplayName("createClient: development mode, then connect, with listeners for connect and error")
  void developmentMode() {
    Client client =
        Respoke.createClient(
            ClientOptions.builder()
                .baseUrl(baseUrl)
                .appId(appId)
                .developmentMode(true)
                .endpointId("spock@enterprise.com")
                .build());
    try (client) {
      Seen<Connected> connects = seen(client, Connected.class);
      Seen<ErrorOccurred> errors = seen(client, ErrorOccurred.class);

      client.connect();

      assertEquals("spock@enterprise.com", connects.next().endpointId());
      assertEquals(0, errors.left());
    }
  }

  @Test
  @DisplayName(
      "createClient without options, connect with a brokered token, a new one after a drop")
  void brokeredByHand() {
    Client client = Respoke.createClient();
    try (client) {
      Seen<Connected> connects = seen(client, Connected.class);
      client.listen(
          Disconnected.class,
          event -> {
            if (event.reason() != DisconnectReason.REQUESTED) {
              client.connect(ConnectOptions.token(yourServer("joe")));
            }
          });

      client.connect(ConnectOptions.builder().baseUrl(baseUrl).token(yourServer("joe")).build());

      Connected first = connects.next();
      stage.service.hooks().dropConnections("joe");
      Connected second = connects.next();
      assertNotEquals(first.connectionId(), second.connectionId());
      assertEquals(2, minted.get());
    }
  }

  @Test
  @DisplayName("the hand-written loop beside automatic reconnect: one login at a time, never two")
  void brokeredByHandAndAutomatically() {
    Client client = stage.client(stage.brokered("joe"));
    Seen<Connected> connects = seen(client, Connected.class);
    Seen<Reconnected> returns = seen(client, Reconnected.class);
    client.listen(
        Disconnected.class,
        event -> {
          if (event.reason() != DisconnectReason.REQUESTED) {
            client.connect(ConnectOptions.token(yourServer("joe")));
          }
        });
    get(client.connect());
    connects.next();

    for (int i = 0; i < 5; i++) {
      stage.service.hooks().dropConnections("joe");
      returns.next();
      assertTrue(client.state() == ConnectionState.CONNECTED);
      assertEquals(1, stage.service.snapshot().connections());
    }
  }
}
