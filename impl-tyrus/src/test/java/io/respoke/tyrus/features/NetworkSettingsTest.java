package io.respoke.tyrus.features;

import static io.respoke.tyrus.features.Stage.failure;
import static io.respoke.tyrus.features.Stage.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectionLostException;
import io.respoke.ConnectionState;
import io.respoke.ProxyOptions;
import io.respoke.RequestTimeoutException;
import io.respoke.Respoke;
import io.respoke.service.ServiceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("E9 proxy, TLS, headers and deadlines")
class NetworkSettingsTest {
  private Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private void serveTls(Path directory) throws Exception {
    stage.close();
    stage =
        new Stage(
            ServiceOptions.builder()
                .noRateLimit()
                .tlsKeyStore(Certificates.keyStore(directory), Certificates.PASSWORD)
                .build());
  }

  private ClientOptions.Builder secure() {
    return stage
        .options("joe")
        .developmentMode(true)
        .baseUrl("https://localhost:" + stage.service.port());
  }

  @Test
  void whoTrustsTheCertificateConnectsAndWhoDoesNotIsToldWhy(@TempDir Path directory)
      throws Exception {
    serveTls(directory);
    var trusting = Certificates.trusting(directory.resolve("localhost.p12"));

    Client client = stage.connected(secure().sslContext(trusting));
    get(client.sendMessage("joe", "hello"));
    Admin admin =
        Respoke.admin(
            AdminOptions.builder()
                .baseUrl("https://localhost:" + stage.service.port())
                .appSecret(stage.service.app().secret())
                .sslContext(trusting)
                .build());
    assertEquals(1, get(admin.apps()).size());

    ConnectFailedException refused =
        assertInstanceOf(
            ConnectFailedException.class,
            failure(stage.client(secure().reconnect(false)).connect()));
    assertEquals(Category.TLS, refused.category());
  }

  @Test
  void aProxyIsAskedForEveryConnectionPlainOrTls(@TempDir Path directory) throws Exception {
    for (boolean tls : new boolean[] {false, true}) {
      if (tls) {
        serveTls(directory);
      }
      try (Relay proxy = Relay.proxy()) {
        ClientOptions.Builder options =
            tls
                ? secure().sslContext(Certificates.trusting(directory.resolve("localhost.p12")))
                : stage.options("joe").developmentMode(true);
        Client client =
            stage.connected(
                options.proxy(
                    new ProxyOptions("127.0.0.1", proxy.port(), Optional.of("Bearer let-me-in"))));
        get(client.sendMessage("joe", "hello"));

        List<String> heads = proxy.heads();
        assertTrue(heads.size() >= (tls ? 2 : 4), "HTTP and WebSocket alike: " + heads);
        heads.forEach(
            head -> assertTrue(head.contains("Proxy-Authorization: Bearer let-me-in"), head));
        assertTrue(heads.stream().anyMatch(head -> head.startsWith("CONNECT ")), "" + heads);
        client.close();
      }
    }
  }

  @Test
  void twoClientsTellTheirProxiesDifferentCredentials() {
    try (Relay one = Relay.proxy();
        Relay other = Relay.proxy()) {
      Client first = stage.client(throughProxy("joe", one, "Bearer one"));
      Client second = stage.client(throughProxy("sue", other, "Bearer other"));
      CompletionStage<Client> connecting = first.connect();
      get(second.connect());
      get(connecting);

      assertFalse(one.heads().isEmpty());
      one.heads().forEach(head -> assertTrue(head.contains("Authorization: Bearer one\r\n"), head));
      assertFalse(other.heads().isEmpty());
      other
          .heads()
          .forEach(head -> assertTrue(head.contains("Authorization: Bearer other\r\n"), head));
    }
  }

  private ClientOptions.Builder throughProxy(String endpointId, Relay proxy, String credentials) {
    return stage
        .options(endpointId)
        .developmentMode(true)
        .proxy(new ProxyOptions("127.0.0.1", proxy.port(), Optional.of(credentials)));
  }

  @Test
  void aProxyThatIsNotThereIsAFailureLikeAServiceThatIsNotThere() {
    Client client =
        stage.client(
            stage
                .options("joe")
                .developmentMode(true)
                .reconnect(false)
                .proxy(ProxyOptions.of("127.0.0.1", 1)));
    assertEquals(
        Category.REFUSED,
        assertInstanceOf(ConnectFailedException.class, failure(client.connect())).category());
  }

  @Test
  void headersGoWithEveryRequestAndTheUpgrade() {
    try (Relay relay = Relay.to(stage.service.port())) {
      stage.connected(
          stage
              .options("joe")
              .token(stage.mint("joe"))
              .baseUrl("http://127.0.0.1:" + relay.port())
              .header("X-Trace", "17"));

      assertTrue(relay.heads().size() >= 2, "" + relay.heads());
      relay.heads().forEach(head -> assertTrue(head.contains("X-Trace: 17\r\n"), head));
      assertTrue(
          relay.heads().stream().anyMatch(head -> head.contains("Upgrade: websocket")),
          "" + relay.heads());
    }
  }

  @Test
  void aRequestThatIsNotAnsweredEndsAtItsDeadline() {
    Client joe = stage.connected(stage.brokered("joe").requestTimeout(Duration.ofMillis(300)));
    stage.service.hooks().stall("joe");

    RequestTimeoutException error =
        assertInstanceOf(RequestTimeoutException.class, failure(joe.sendMessage("kirk", "hi")));
    assertEquals(Duration.ofMillis(300), error.timeout());
    assertEquals(0, joe.inspect().pendingRequests());
    stage.service.hooks().resume("joe");
  }

  @Test
  void closingASilentConnectionEndsInBoundedTime() {
    Client joe = stage.connected(stage.brokered("joe").closeTimeout(Duration.ofMillis(300)));
    get(joe.join("bridge"));
    stage.service.hooks().stall("joe");
    var underWay = joe.sendMessage("kirk", "hi");

    joe.close();

    assertInstanceOf(ConnectionLostException.class, failure(underWay));
    assertEquals(ConnectionState.CLOSED, joe.state());
  }
}
