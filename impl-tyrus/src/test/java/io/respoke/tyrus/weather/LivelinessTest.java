package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ClientOptions;
import io.respoke.ConnectionLostException;
import io.respoke.DisconnectReason;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.Reconnected;
import io.respoke.event.Reconnecting;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that end, or are dead without having ended. */
@Tag("slow")
class LivelinessTest {
  /** Heartbeats are due every second, and a second of grace on top. */
  private static final String SECONDS = "1:1:websocket";

  @RegisterExtension final Aftermath after = new Aftermath();

  private final LyingServer server = LyingServer.start();

  private static ClientOptions.Builder comingBack(ClientOptions.Builder options) {
    return options.reconnect(true).reconnectPolicy(Options.SOON);
  }

  private Guest connected() {
    after.closing(server);
    Guest joe = after.guest(comingBack(Options.of(server)).closeTimeout(Options.SHORT));
    joe.ignoring(Reconnecting.class);
    Await.value(joe.client.connect());
    return joe;
  }

  private static Stream<Arguments> ends() {
    return Stream.of(
        end("0::", DisconnectReason.SERVER_CLOSED, socket -> socket.send("0::")),
        end("7:::", DisconnectReason.SERVER_CLOSED, socket -> socket.send("7:::")),
        end("7:::1+0", DisconnectReason.SERVER_CLOSED, socket -> socket.send("7:::1+0")),
        end("close 1000", DisconnectReason.SERVER_CLOSED, socket -> socket.close(1000)),
        end("close 1012", DisconnectReason.SERVER_CLOSED, socket -> socket.close(1012)),
        end("a cut", DisconnectReason.NETWORK, LyingSocket::cut),
        end("a reset", DisconnectReason.NETWORK, LyingSocket::reset),
        end(
            "a frame with reserved bits",
            DisconnectReason.PROTOCOL_ERROR,
            socket -> socket.sendFrame(0xf1, new byte[] {1})));
  }

  private static Arguments end(String what, DisconnectReason reason, Consumer<LyingSocket> how) {
    return Arguments.of(what, reason, how);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ends")
  void a_connection_that_ends_is_one_disconnected_and_comes_back_with_a_new_token(
      String what, DisconnectReason reason, Consumer<LyingSocket> how) {
    Guest joe = connected();
    server.answers(ask -> null);
    CompletionStage<?> waiting = joe.client.request("get", "/v1/waiting", null);
    Await.until(() -> server.log().contains("ws get /v1/waiting"), () -> "nothing was asked");
    server.log().clear();
    server.answers(LyingServer::truth);

    how.accept(server.next());

    Disconnected lost = joe.next(Disconnected.class);
    assertEquals(reason, lost.reason());
    assertTrue(lost.willReconnect());
    assertTrue(lost.cause().isPresent());
    assertTrue(Await.failure(ConnectionLostException.class, waiting).sent());
    joe.next(Reconnected.class);
    joe.sees(1, Disconnected.class);
    List<String> log = List.copyOf(server.log());
    assertEquals(1, log.stream().filter("POST /v1/session-tokens"::equals).count(), log::toString);
    Await.until(
        () -> server.log().contains("DELETE /v1/session-tokens"),
        () -> "the old session lives: " + server.log());
    Await.value(joe.client.request("get", "/v1/after", null));
  }

  @Test
  void a_peer_that_falls_silent_is_given_up_after_the_heartbeat_timeout_each_time_anew() {
    server.handshake(SECONDS);
    Guest joe = connected();
    for (int times = 1; times <= 2; times++) {
      server.next().fallSilent(); // and sends no heartbeat, as it never does by itself

      Disconnected lost = joe.next(Disconnected.class);

      assertEquals(DisconnectReason.HEARTBEAT_TIMEOUT, lost.reason());
      joe.next(Reconnected.class);
    }
    server.handshake("60:60:websocket");
    joe.next(Disconnected.class);
    joe.next(Reconnected.class);
  }

  @Test
  void heartbeats_that_come_late_but_in_time_keep_the_connection() {
    server.handshake(SECONDS);
    Guest joe = connected();
    LyingSocket socket = server.next();
    server.log().clear();
    for (int times = 1; times <= 4; times++) {
      CompletionStage<?> unanswered = pause();
      Await.value(unanswered);
      socket.send("2::");
    }

    Await.until(
        () -> server.log().stream().filter("ws 2::"::equals).count() == 4,
        () -> "log is " + server.log());
    assertTrue(joe.client.isConnected());
    assertEquals(List.of(), joe.seen(Disconnected.class));
    server.handshake("60:60:websocket");
    Await.value(joe.client.disconnect());
  }

  /** Most of the heartbeat's time, but not all of it. */
  private static CompletionStage<?> pause() {
    return new java.util.concurrent.CompletableFuture<>()
        .completeOnTimeout(null, 700, java.util.concurrent.TimeUnit.MILLISECONDS);
  }

  @Test
  void a_half_open_connection_leaves_nothing_at_the_service() {
    RespokeService service =
        after.closing(RespokeService.start(ServiceOptions.builder().noRateLimit().build()));
    after.leavingNothingAt(service);
    Guest joe = after.guest(comingBack(Options.of(service, "joe")));
    joe.ignoring(Reconnecting.class, ErrorOccurred.class);
    Await.value(joe.client.connect());
    for (int times = 1; times <= 3; times++) {
      assertEquals(1, service.hooks().dropConnections("joe"));
      assertEquals(DisconnectReason.NETWORK, joe.next(Disconnected.class).reason());
      joe.next(Reconnected.class);
    }

    Await.until(
        () -> service.snapshot().sessions() == 1, () -> "at the service: " + service.snapshot());
  }
}
