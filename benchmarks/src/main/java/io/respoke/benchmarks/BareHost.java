package io.respoke.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the service is built on, and nothing else: a Vert.x server with one event loop that writes
 * back what it gets ({@code echo}), or writes events to all other sockets and acknowledges them
 * ({@code all}).
 */
final class BareHost {
  private BareHost() {}

  /** Runs until standard input ends. */
  public static void main(String[] args) throws Exception {
    boolean toAll = args[0].equals("all");
    Set<ServerWebSocket> open = new LinkedHashSet<>();
    Future<HttpServer> listening =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
            .createHttpServer()
            .webSocketHandler(
                socket -> {
                  open.add(socket);
                  socket.closeHandler(closed -> open.remove(socket));
                  socket.textMessageHandler(
                      text -> {
                        if (toAll && text.startsWith("5:")) {
                          all(open, socket, text);
                        } else {
                          socket.writeTextMessage(text);
                        }
                      });
                })
            .listen(0, "127.0.0.1");
    HostLines.obey(
        listening.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS).actualPort());
  }

  private static void all(Set<ServerWebSocket> open, ServerWebSocket from, String text) {
    for (ServerWebSocket socket : open) {
      if (socket != from) {
        socket.writeTextMessage(text);
      }
    }
    from.writeTextMessage("6:::1+[]");
  }
}
