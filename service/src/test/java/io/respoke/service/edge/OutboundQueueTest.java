package io.respoke.service.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.http.ServerWebSocket;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {
  @Test
  void a_socket_that_closed_before_its_handler_ran_takes_nothing_and_throws_nothing() {
    Socket socket = new Socket();
    OutboundQueue queue = new OutboundQueue(socket.proxy, 1_000, () -> {});

    queue.send("5:::1");
    socket.closed = true;
    queue.send("5:::2");
    queue.stall(false);

    assertEquals(List.of("5:::1"), socket.written);
  }

  /** What Vert.x does with a WebSocket whose close frame has come: it throws at questions. */
  private static final class Socket {
    private final List<String> written = new ArrayList<>();
    private boolean closed;
    private final ServerWebSocket proxy =
        (ServerWebSocket)
            Proxy.newProxyInstance(
                Socket.class.getClassLoader(),
                new Class<?>[] {ServerWebSocket.class},
                (self, method, args) ->
                    switch (method.getName()) {
                      case "isClosed" -> closed;
                      case "drainHandler" -> self;
                      case "writeQueueFull" -> {
                        if (closed) {
                          throw new IllegalStateException("WebSocket is closed");
                        }
                        yield false;
                      }
                      case "writeTextMessage" -> {
                        written.add((String) args[0]);
                        yield null;
                      }
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
  }
}
