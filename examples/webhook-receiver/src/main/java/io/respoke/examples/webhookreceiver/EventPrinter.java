package io.respoke.examples.webhookreceiver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.respoke.webhook.WebhookEvent;
import io.respoke.webhook.WebhookReceiver;
import io.respoke.webhook.WebhookResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;

/** A server that prints the events a service sends it. */
public final class EventPrinter implements AutoCloseable {
  private static final int LONGEST_BODY = 256 * 1024;

  private final HttpServer server;
  private final WebhookReceiver receiver;
  private final Consumer<WebhookEvent> events;
  private final PrintStream out;

  /**
   * Starts to listen on loopback.
   *
   * @param port where; 0 for any
   * @param secret what the service signs with
   * @param events gets each event once, after it was printed
   */
  EventPrinter(int port, String secret, Consumer<WebhookEvent> events, PrintStream out)
      throws IOException {
    this.receiver = WebhookReceiver.of(secret);
    this.events = events;
    this.out = out;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body;
      try (InputStream in = exchange.getRequestBody()) {
        body = in.readNBytes(LONGEST_BODY + 1);
      }
      WebhookResult result = receiver.receive(body, exchange.getRequestHeaders()::getFirst);
      if (result instanceof WebhookResult.Accepted accepted) {
        out.println(text(accepted.event()));
        events.accept(accepted.event());
      } else {
        out.println("refused with " + result.status());
      }
      exchange.sendResponseHeaders(result.status(), -1);
    }
  }

  static String text(WebhookEvent event) {
    if (event instanceof WebhookEvent.EndpointConnected e) {
      return e.endpointId() + " is here";
    }
    if (event instanceof WebhookEvent.EndpointDisconnected e) {
      return e.endpointId() + " is gone";
    }
    if (event instanceof WebhookEvent.GroupJoined e) {
      return e.endpointId() + " joined " + e.group();
    }
    if (event instanceof WebhookEvent.GroupLeft e) {
      return e.endpointId() + " left " + e.group();
    }
    if (event instanceof WebhookEvent.MessageSent e) {
      return e.endpointId() + " to " + e.group().or(e::to).orElse("nobody") + ": " + e.message();
    }
    return event.envelope().type();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** With a port as the argument it listens until the process ends, else it tells a story. */
  public static void main(String[] args) throws Exception {
    run(args, System.getenv(), System.out);
  }

  static void run(String[] args, Map<String, String> environment, PrintStream out)
      throws Exception {
    if (args.length == 0) {
      Demo.run(out);
      return;
    }
    String secret = environment.get("RESPOKE_WEBHOOK_SECRET");
    if (secret == null) {
      throw new IllegalArgumentException("RESPOKE_WEBHOOK_SECRET must be set");
    }
    try (EventPrinter printer =
        new EventPrinter(Integer.parseInt(args[0]), secret, event -> {}, out)) {
      out.println("listening on " + printer.url());
      Thread.currentThread().join();
    }
  }
}
