package io.respoke.examples.pushpolicyserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.respoke.Admin;
import io.respoke.RequestRejectedException;
import io.respoke.webhook.WebhookEvent;
import io.respoke.webhook.WebhookEvent.PushRequested;
import io.respoke.webhook.WebhookReceiver;
import io.respoke.webhook.WebhookResult;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * An application's server that a service asks about each push notification. What the policy lets
 * through it answers with {@code POST /v1/push-notification/{id}}; the rest it leaves unanswered,
 * and nothing is shown.
 */
public final class PushPolicyServer implements AutoCloseable {
  private static final int LONGEST_BODY = 256 * 1024;
  private static final int THREADS = 4;

  /** Less than the 10 seconds that a service waits for the answer to an event. */
  private static final int PATIENCE_SECONDS = 8;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final WebhookReceiver receiver;
  private final Admin service;
  private final PushPolicy policy;
  private final InstantSource clock;
  private final Consumer<String> log;

  /**
   * Starts to listen on loopback.
   *
   * @param port where; 0 for any
   * @param secret what the service signs its events with
   * @param service where the answers go, with the app's secret
   * @param clock what time it is for the policy
   * @param log gets a line about each event, on threads of this server
   */
  PushPolicyServer(
      int port,
      String secret,
      Admin service,
      PushPolicy policy,
      InstantSource clock,
      Consumer<String> log)
      throws IOException {
    this.receiver = WebhookReceiver.of(secret);
    this.service = service;
    this.policy = policy;
    this.clock = clock;
    this.log = log;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
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
      int status = result.status();
      if (result instanceof WebhookResult.Accepted accepted) {
        status = actOn(accepted.event());
      } else if (status != 200) {
        log.accept("refused with " + status);
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  /** Does what the policy decides; gives the status to answer. */
  private int actOn(WebhookEvent event) {
    if (!(event instanceof PushRequested push)) {
      return 200; // other events are not this server's
    }
    PushPolicy.Decision decision = policy.decide(push, clock.instant());
    if (decision instanceof PushPolicy.Decision.Notify notify) {
      return answer(push, notify.text());
    }
    if (decision instanceof PushPolicy.Decision.Silent silent) {
      log.accept("nothing for " + push.endpointId() + ": " + silent.why());
    }
    return 200;
  }

  private int answer(PushRequested push, String text) {
    JsonObject body =
        Json.createObjectBuilder()
            .add("originalMsg", push.originalMsg())
            .add("pushText", text)
            .build();
    try {
      service
          .request("post", "/v1/push-notification/" + push.pushNotificationId(), body)
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      log.accept("for " + push.endpointId() + ": " + text);
      return 200;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RequestRejectedException rejected
          && rejected.reason() == RequestRejectedException.Reason.NOT_FOUND) {
        log.accept("too late for " + push.endpointId());
        return 200;
      }
      return again(push, e);
    } catch (TimeoutException e) {
      return again(push, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return again(push, e);
    }
  }

  /** The service sends the event once more, and then it counts as new. */
  private int again(PushRequested push, Throwable why) {
    receiver.forget(push);
    log.accept("to be asked again about " + push.endpointId() + ": " + why);
    return 503;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Stops to listen; what is being answered is cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** With a port as the argument it listens until the process ends, else it tells a story. */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      Demo.run(System.out);
    } else {
      Settings.serve(Integer.parseInt(args[0]), System.getenv(), System.out);
    }
  }
}
