package io.respoke.benchmarks;

import io.respoke.protocol.EventHeader;
import io.respoke.protocol.Frame;
import io.respoke.protocol.FrameCodec;
import io.respoke.protocol.Json;
import io.respoke.protocol.ServerEvent;
import io.respoke.protocol.ServerEventCodec;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.CountDownLatch;

/**
 * The other side of the client's figures: just enough of a service to log in to, with a socket that
 * floods or answers as fast as Vert.x can. A bare WebSocket client gets the very same frames.
 *
 * <p>A request is acked at once; the text {@code flood N} sends N message frames.
 */
final class PeerServer {
  /** After so many frames the event loop has its turn. */
  private static final int TURN = 500;

  private PeerServer() {}

  /** Runs until standard input ends. Prints the port. */
  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx();
    CountDownLatch listening = new CountDownLatch(1);
    vertx
        .createHttpServer()
        .requestHandler(PeerServer::http)
        .webSocketHandler(PeerServer::socket)
        .listen(0, "127.0.0.1")
        .onSuccess(
            server -> {
              System.out.println("port " + server.actualPort());
              listening.countDown();
            });
    listening.await();
    while (System.in.read() >= 0) {
      // the parent holds this pipe open while it lives
    }
    Runtime.getRuntime().halt(0);
  }

  private static void http(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (request.path().startsWith("/socket.io/1/")) {
      response.end("sid0123456789:60:60:websocket,x");
    } else {
      response
          .putHeader("Content-Type", "application/json")
          .end("{\"token\":\"5E0F6C1B-2A77-4C1E-8B0D-91C4F3A2D6E8\",\"message\":\"ok\"}");
    }
  }

  private static void socket(ServerWebSocket socket) {
    socket.writeTextMessage("1::");
    socket.textMessageHandler(
        text -> {
          if (text.startsWith("flood ")) {
            flood(socket, Integer.parseInt(text.substring(6)));
          } else if (text.startsWith("5:")) {
            int plus = text.indexOf('+');
            String id = text.substring(2, plus);
            socket.writeTextMessage(ack(id));
            int count = text.indexOf("/v1/benchmark/flood/");
            if (count >= 0) {
              String number = text.substring(count + "/v1/benchmark/flood/".length());
              flood(socket, Integer.parseInt(number.replaceAll("^(\\d+).*", "$1")));
            }
          }
        });
  }

  private static String ack(String id) {
    return "6:::"
        + id
        + "+[{\"body\":{\"id\":\"A1000000-0000-4000-8000-00000000000A\",\"endpointId\":\"bench\"},"
        + "\"headers\":{\"Request-Id\":\"D0000000-0000-4000-8000-000000000002\","
        + "\"RateLimit-Limit\":10,\"RateLimit-Time-Units\":\"seconds\",\"RateLimit-Remaining\":18},"
        + "\"statusCode\":200}]";
  }

  static String message() {
    EventHeader header =
        EventHeader.from("message", "alice", "A1000000-0000-4000-8000-00000000000A")
            .withTo("bench", null)
            .at(1_447_164_230_123L, "D0000000-0000-4000-8000-000000000007");
    Frame.Event event =
        ServerEventCodec.encode(
            new ServerEvent.Message(header, Json.string("hello, this is a message of usual size")));
    return FrameCodec.encode(event);
  }

  private static void flood(ServerWebSocket socket, int count) {
    String frame = message();
    int left = count;
    int turn = TURN;
    while (left > 0 && turn > 0 && !socket.writeQueueFull()) {
      socket.writeTextMessage(frame);
      left--;
      turn--;
    }
    int rest = left;
    if (rest > 0 && turn == 0) {
      Vertx.currentContext().runOnContext(v -> flood(socket, rest));
    } else if (rest > 0) {
      socket.drainHandler(v -> flood(socket, rest));
    }
  }
}
