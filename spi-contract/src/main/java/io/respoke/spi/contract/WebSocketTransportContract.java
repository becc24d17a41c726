package io.respoke.spi.contract;

import static io.respoke.spi.contract.TransportFixture.await;
import static io.respoke.spi.contract.TransportFixture.failure;
import static io.respoke.spi.contract.TransportFixture.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ProxyOptions;
import io.respoke.spi.CloseStatus;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportException.Category;
import io.respoke.spi.contract.TransportFixture.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transport on real sockets must do, besides what {@link TransportContract} asks of all. */
public interface WebSocketTransportContract extends TransportContract {
  /**
   * Whether a connection that is given up while the peer owes its answer to the upgrade is closed
   * at once. A plug-in whose library gives no hold on such a connection says no here, and in its
   * own documentation; it is then left to the peer to close it.
   */
  default boolean closesUnansweredUpgrades() {
    return true;
  }

  /**
   * Whether a close frame that arrives in one piece with the end of a TLS connection is told. A
   * plug-in whose library forgets what it has read when it sees the end says no here, and in its
   * own documentation; it may then tell {@link CloseStatus#ABNORMAL} instead.
   */
  default boolean readsTlsToItsEnd() {
    return true;
  }

  /** Nobody listens. */
  @Test
  default void tellsThatAPortIsClosed(TransportFixture fixture) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Opening opening = fixture.open(settings -> settings.uri(uri("ws", "127.0.0.1", port)));
    assertEquals(Category.REFUSED, opening.listener().failed().category());
  }

  /** The top-level domain {@code invalid} has no hosts. */
  @Test
  default void tellsThatAHostIsUnknown(TransportFixture fixture) {
    Opening opening = fixture.open(settings -> settings.uri(uri("ws", "host.invalid", 80)));
    TransportException failure = opening.listener().failed();
    assertEquals(Category.UNKNOWN_HOST, failure.category());
    assertTrue(failure.toString().contains("host.invalid"), failure.toString());
    assertFalse(failure.toString().contains("secret"), failure.toString());
  }

  /** TCP itself gets no answer. */
  @Test
  default void givesUpATcpConnectThatHangs(TransportFixture fixture) throws IOException {
    BlackHole hole = fixture.with(BlackHole.open());
    Opening opening =
        fixture.open(
            settings ->
                settings
                    .uri(uri("ws", "127.0.0.1", hole.port()))
                    .connectTimeout(Duration.ofMillis(300)));
    assertEquals(Category.CONNECT_TIMEOUT, opening.listener().failed().category());
    opening.transport();
  }

  /** A TCP connect that hangs can be given up at any time. */
  @Test
  default void aTcpConnectThatHangsCanBeAborted(TransportFixture fixture) throws IOException {
    BlackHole hole = fixture.with(BlackHole.open());
    Opening opening =
        fixture.open(
            settings ->
                settings
                    .uri(uri("ws", "127.0.0.1", hole.port()))
                    .connectTimeout(Duration.ofMinutes(1)));
    opening.abort();
    assertEquals(Category.LOST, opening.listener().failed().category());
    opening.transport();
  }

  /** Many TCP connects that hang do not hold up one that does not. */
  @Test
  default void connectsBesideManyBlackHoles(TransportFixture fixture) throws IOException {
    BlackHole hole = fixture.with(BlackHole.open());
    List<Opening> hanging = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      hanging.add(
          fixture.open(
              settings ->
                  settings
                      .uri(uri("ws", "127.0.0.1", hole.port()))
                      .connectTimeout(Duration.ofMinutes(1))));
    }
    for (int i = 0; i < 20; i++) {
      Connection healthy =
          fixture.connect(settings -> settings.connectTimeout(ContractPeer.PATIENCE));
      sent(healthy.transport().send("hello"));
      assertEquals("hello", healthy.peer().received());
    }
    hanging.forEach(Opening::abort);
    hanging.forEach(opening -> assertEquals(Category.LOST, opening.listener().failed().category()));
  }

  /** What was given up leaves no socket behind. */
  @Test
  default void givingUpClosesTheSocket(TransportFixture fixture) {
    ContractServer server = fixture.server();
    if (closesUnansweredUpgrades()) {
      server.ignoreConnections();
      Opening late = fixture.open(settings -> settings.connectTimeout(Duration.ofMillis(300)));
      server.nextRequestLine();
      assertEquals(Category.CONNECT_TIMEOUT, late.listener().failed().category());
      await("the socket is closed after the deadline", () -> server.openConnections() == 0);

      Opening aborted = fixture.open();
      server.nextRequestLine();
      aborted.abort();
      assertEquals(Category.LOST, aborted.listener().failed().category());
      await("the socket is closed after an abort", () -> server.openConnections() == 0);
    }

    server.refuseConnections(503);
    assertEquals(503, fixture.open().listener().failed().status());
    await("the socket is closed after a refusal", () -> server.openConnections() == 0);

    server.acceptConnections();
    Connection closed = fixture.connect();
    closed.transport().close(1000, "");
    assertEquals(1000, closed.listener().closed().code());
    await("the socket is closed after a close", () -> server.openConnections() == 0);
  }

  /** Path, query and headers of the request arrive as they were given. */
  @Test
  default void sendsTheRequestAsGiven(TransportFixture fixture) {
    String target = "/a%2Fb/c%20d/?token=a%26b%3Dc%2Bd&line=%0D%0AX-Evil:%201&percent=%25+";
    Connection connection =
        fixture.connect(
            settings ->
                settings
                    .uri(URI.create("ws://127.0.0.1:" + fixture.server().port() + target))
                    .header("X-Respoke-Test", "first, second")
                    .header("User-Agent", "Contract/1.0 (test)"));
    ServerPeer peer = connection.serverPeer();
    assertEquals("GET " + target + " HTTP/1.1", peer.requestLine());
    assertEquals("first, second", peer.header("X-Respoke-Test"));
    assertEquals("Contract/1.0 (test)", peer.header("User-Agent"));
    assertEquals("127.0.0.1:" + fixture.server().port(), peer.header("Host"));
    assertEquals("13", peer.header("Sec-WebSocket-Version"));
    assertEquals("", peer.header("X-Evil"));
  }

  /** A message in fragments is one message, wherever it is split, and whatever comes between. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 300})
  default void putsFragmentsTogether(int frames, TransportFixture fixture) {
    Connection connection = fixture.connect();
    String text = "aé世😀".repeat(500);
    connection.serverPeer().sendInFragments(text, frames);
    connection.peer().send("next");
    assertEquals(text, connection.listener().text());
    assertEquals("next", connection.listener().text());
    assertEquals("between fragments", connection.serverPeer().pong());
  }

  /** Fragments count together. */
  @Test
  default void refusesTooManyFragments(TransportFixture fixture) {
    Connection connection = fixture.connect(settings -> settings.maxMessageSize(10_000));
    connection.serverPeer().sendInFragments("x".repeat(10_000), 10);
    assertEquals(10_000, connection.listener().text().length());
    connection.serverPeer().sendInFragments("x".repeat(10_001), 10);
    assertEquals(Category.TOO_LARGE, connection.listener().failed().category());
  }

  /** Frames arrive whole, however the network cuts them. */
  @Test
  default void putsFramesTogetherByteByByte(TransportFixture fixture) {
    Connection connection = fixture.connect();
    byte[] bytes = "grüße".repeat(30).getBytes(StandardCharsets.UTF_8);
    ServerPeer peer = connection.serverPeer();
    peer.sendRaw(new byte[] {(byte) 0x81});
    peer.sendRaw(new byte[] {126});
    peer.sendRaw(new byte[] {(byte) (bytes.length >> 8)});
    peer.sendRaw(new byte[] {(byte) bytes.length});
    for (byte b : bytes) {
      peer.sendRaw(new byte[] {b});
    }
    assertEquals("grüße".repeat(30), connection.listener().text());
  }

  /** Pings are answered, without anybody's help. */
  @Test
  default void answersPings(TransportFixture fixture) {
    Connection connection = fixture.connect();
    for (String payload : List.of("", "ping 1", "x".repeat(125))) {
      connection.serverPeer().ping(payload);
      assertEquals(payload, connection.serverPeer().pong());
    }
    sent(connection.transport().send("after pings"));
    assertEquals("after pings", connection.peer().received());
  }

  /** A frame that claims to be enormous is not waited for. */
  @Test
  default void refusesAnEnormousFrameBeforeItHasCome(TransportFixture fixture) {
    Connection connection = fixture.connect(settings -> settings.maxMessageSize(10_000));
    byte[] header = {(byte) 0x81, 127, 0, 0, 1, 0, 0, 0, 0, 0};
    connection.serverPeer().sendRaw(header);
    byte[] some = new byte[100_000];
    Future<?> more =
        fixture
            .executor()
            .submit(
                () -> {
                  try {
                    connection.serverPeer().sendRaw(some);
                  } catch (java.io.UncheckedIOException e) {
                    // The transport has closed already.
                  }
                });
    assertEquals(Category.TOO_LARGE, connection.listener().failed().category());
    await("the frame was sent or refused", more::isDone);
  }

  /** What is not WebSocket ends the transport, never the thread that reads. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "f10161",
        "810161ff",
        "8102c328",
        "818101000000",
        "8302aaaa",
        "000161",
        "010161810162",
        "890161" + "09",
        "8801" + "00",
        "ffffffffffffffffffff"
      })
  default void garbageEndsTheTransport(String frames, TransportFixture fixture) {
    Connection connection = fixture.connect();
    byte[] bytes = new byte[frames.length() / 2 + 64];
    java.util.Arrays.fill(bytes, (byte) 0xf3);
    for (int i = 0; i < frames.length() / 2; i++) {
      bytes[i] = (byte) Integer.parseInt(frames.substring(2 * i, 2 * i + 2), 16);
    }
    connection.serverPeer().sendRaw(bytes);
    connection.listener().ended();
    assertEquals(Category.LOST, failure(connection.transport().send("late")).category());
    sent(fixture.connect().transport().send("others work"));
  }

  /** A peer that hangs up instead of answering. */
  @Test
  default void tellsThatThePeerHangsUp(TransportFixture fixture) {
    fixture.server().hangUpOnConnections();
    Opening opening = fixture.open(settings -> settings.connectTimeout(Duration.ofSeconds(2)));
    Category category = opening.listener().failed().category();
    assertTrue(List.of(Category.LOST, Category.CONNECT_TIMEOUT).contains(category), category::name);
  }

  /** A peer that answers with something else than HTTP. */
  @Test
  default void tellsThatTheAnswerIsNotHttp(TransportFixture fixture) {
    fixture.server().answerGarbage();
    Opening opening = fixture.open(settings -> settings.connectTimeout(Duration.ofSeconds(2)));
    Category category = opening.listener().failed().category();
    assertTrue(
        List.of(Category.OTHER, Category.LOST, Category.CONNECT_TIMEOUT).contains(category),
        category::name);
  }

  /** A TCP reset is a lost connection. */
  @Test
  default void tellsThatTheConnectionWasReset(TransportFixture fixture) {
    Connection connection = fixture.connect();
    connection.serverPeer().reset();
    assertEquals(Category.LOST, connection.listener().failed().category());
  }

  /** Our close does not wait for ever for a peer that does not answer it. */
  @Test
  default void closesEvenIfThePeerDoesNotAnswer(TransportFixture fixture) {
    Connection connection =
        fixture.connect(settings -> settings.sendTimeout(Duration.ofMillis(500)));
    connection.serverPeer().ignoreClose();
    connection.transport().close(1000, "bye");
    assertEquals(1006, connection.listener().closed().code());
  }

  /** The last messages arrive although the peer sends all the time. */
  @Test
  default void closeLosesNothingThoughThePeerIsSending(TransportFixture fixture) {
    for (int round = 0; round < 10; round++) {
      Connection connection = fixture.connect();
      Future<?> load =
          fixture
              .executor()
              .submit(
                  () -> {
                    for (int i = 0; i < 500; i++) {
                      connection.peer().send("x".repeat(1000));
                    }
                  });
      connection.listener().text();
      for (int i = 0; i < 20; i++) {
        connection.transport().send("text " + i);
      }
      connection.transport().close(1000, "");
      for (int i = 0; i < 20; i++) {
        assertEquals("text " + i, connection.peer().received());
      }
      assertEquals(1000, connection.peer().ended().code());
      connection.listener().ended();
      await("the load has ended", load::isDone);
    }
  }

  /** A certificate of a trusted issuer, for the host that was asked for. */
  @Test
  default void speaksTls(TransportFixture fixture) {
    ContractServer server = fixture.with(ContractServer.startTls());
    Opening opening =
        fixture.open(settings -> settings.uri(server.uri()).sslContext(ContractServer.trust()));
    opening.listener().opened();
    ServerPeer peer = server.next();
    String text = "über TLS ".repeat(20_000);
    sent(opening.transport().send(text));
    assertEquals(text, peer.received());
    peer.send(text);
    peer.sendInFragments(text, 9);
    assertEquals(text, opening.listener().text());
    assertEquals(text, opening.listener().text());
    opening.transport().close(1000, "bye");
    assertEquals(1000, peer.ended().code(), "at the server");
    int told = opening.listener().closed().code();
    if (readsTlsToItsEnd() || told != CloseStatus.ABNORMAL) {
      assertEquals(1000, told, "at the client");
    }
  }

  /** The peer's close and a cut are told over TLS as well. */
  @Test
  default void tellsTheEndOfATlsConnection(TransportFixture fixture) {
    ContractServer server = fixture.with(ContractServer.startTls());
    Opening closed =
        fixture.open(settings -> settings.uri(server.uri()).sslContext(ContractServer.trust()));
    closed.listener().opened();
    server.next().close(4003, "over");
    assertEquals(4003, closed.listener().closed().code());
    Opening cut =
        fixture.open(settings -> settings.uri(server.uri()).sslContext(ContractServer.trust()));
    cut.listener().opened();
    server.next().cut();
    assertEquals(Category.LOST, cut.listener().failed().category());
  }

  /** A certificate that nobody has vouched for. */
  @Test
  default void refusesAnUntrustedCertificate(TransportFixture fixture) {
    ContractServer server = fixture.with(ContractServer.startTls());
    Opening opening = fixture.open(settings -> settings.uri(server.uri()));
    TransportException failure = opening.listener().failed();
    assertEquals(Category.TLS, failure.category(), () -> failure + ", from " + failure.getCause());
  }

  /** A trusted certificate of another host. */
  @Test
  default void refusesACertificateOfAnotherHost(TransportFixture fixture) {
    ContractServer server = fixture.with(ContractServer.startTlsForAnotherHost());
    Opening opening =
        fixture.open(settings -> settings.uri(server.uri()).sslContext(ContractServer.trust()));
    assertEquals(Category.TLS, opening.listener().failed().category());
  }

  /** A peer that does not speak TLS. */
  @Test
  default void givesUpAPeerWithoutTls(TransportFixture fixture) {
    URI uri = uri("wss", "127.0.0.1", fixture.server().port());
    Opening opening =
        fixture.open(settings -> settings.uri(uri).connectTimeout(Duration.ofSeconds(1)));
    Category category = opening.listener().failed().category();
    assertTrue(List.of(Category.TLS, Category.CONNECT_TIMEOUT).contains(category), category::name);
  }

  /** The connection goes through the proxy that was named. */
  @Test
  default void goesThroughAProxy(TransportFixture fixture) {
    ContractProxy proxy = fixture.with(ContractProxy.start());
    Connection connection =
        fixture.connect(settings -> settings.proxy(ProxyOptions.of("127.0.0.1", proxy.port())));
    assertEquals("CONNECT 127.0.0.1:" + fixture.server().port() + " HTTP/1.1", proxy.next());
    sent(connection.transport().send("through the proxy"));
    assertEquals("through the proxy", connection.peer().received());
    connection.peer().send("and back");
    assertEquals("and back", connection.listener().text());
  }

  /** What authorizes at the proxy is told to the proxy, and to nobody else. */
  @Test
  default void authorizesAtTheProxyOnly(TransportFixture fixture) {
    ContractProxy proxy = fixture.with(ContractProxy.start());
    // Not Basic: the JDK refuses that one for tunnels unless the JVM is told otherwise.
    Optional<String> authorization = Optional.of("Contract a-secret");
    Connection connection =
        fixture.connect(
            settings -> settings.proxy(new ProxyOptions("127.0.0.1", proxy.port(), authorization)));
    proxy.next();
    List<String> head = proxy.lastHead().lines().map(line -> line.replace(": ", ":")).toList();
    assertTrue(head.contains("Proxy-Authorization:Contract a-secret"), head::toString);
    assertEquals("", connection.serverPeer().header("Proxy-Authorization"));
  }

  /** A proxy that refuses is not mistaken for the service. */
  @Test
  default void tellsThatAProxyRefuses(TransportFixture fixture) {
    ContractProxy proxy = fixture.with(ContractProxy.start());
    proxy.refuse();
    Opening opening =
        fixture.open(settings -> settings.proxy(ProxyOptions.of("127.0.0.1", proxy.port())));
    assertEquals(Category.OTHER, opening.listener().failed().category());
  }

  private static URI uri(String scheme, String host, int port) {
    return URI.create(scheme + "://" + host + ":" + port + "/socket?token=secret");
  }
}
