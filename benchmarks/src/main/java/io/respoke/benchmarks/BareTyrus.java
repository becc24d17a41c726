package io.respoke.benchmarks;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.net.URI;
import java.util.function.Consumer;
import org.glassfish.tyrus.client.ClientManager;

/** The baseline: a Tyrus session on the JDK container with a text handler, and nothing else. */
final class BareTyrus {
  private static final ClientManager MANAGER =
      ClientManager.createClient("org.glassfish.tyrus.container.jdk.client.JdkClientContainer");

  private BareTyrus() {}

  static Session open(int port, Consumer<String> onText) throws Exception {
    return MANAGER.connectToServer(
        new Endpoint() {
          @Override
          public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>) onText::accept);
          }
        },
        ClientEndpointConfig.Builder.create().build(),
        URI.create("ws://127.0.0.1:" + port + "/socket.io/1/websocket/sid0123456789"));
  }
}
