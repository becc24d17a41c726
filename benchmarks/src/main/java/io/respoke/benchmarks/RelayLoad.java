package io.respoke.benchmarks;

import io.respoke.protocol.ApiRequest;
import io.respoke.protocol.ApiRequestCodec;
import io.respoke.protocol.ApiRequestCodec.ArgumentForm;
import io.respoke.protocol.CredentialKind;
import io.respoke.protocol.FrameCodec;
import io.respoke.protocol.Json;
import io.respoke.protocol.Paths;
import io.respoke.protocol.ServiceUri;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Messages the service relays per second from senders to receivers, beside a bare Vert.x server
 * that echoes the same frames to the same sockets. Both servers run in a JVM of their own.
 */
final class RelayLoad {
  private static final int PAIRS = 50;
  private static final int WINDOW = 16;
  private static final int ROUNDS = 5;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private RelayLoad() {}

  /** Runs the service, or the echo, until standard input ends. Prints where it is. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("service")) {
      RespokeService service = RespokeService.start(ServiceOptions.builder().noRateLimit().build());
      System.out.println(
          "ready " + service.port() + " " + service.app().id() + " " + service.app().secret());
    } else {
      Vertx.vertx()
          .createHttpServer()
          .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage))
          .listen(0, "127.0.0.1")
          .onSuccess(server -> System.out.println("ready " + server.actualPort()));
    }
    while (System.in.read() >= 0) {
      // the parent holds this pipe open while it lives
    }
    Runtime.getRuntime().halt(0);
  }

  static void run(int messagesPerPair) throws Exception {
    double relayed = relay(messagesPerPair);
    double echoed = echo(messagesPerPair);
    Figures.head(
        "Messages through the service, "
            + PAIRS
            + " senders and "
            + PAIRS
            + " receivers, median of "
            + ROUNDS);
    Figures.row("messages per second", relayed, echoed, "/s");
  }

  private static double relay(int perPair) throws Exception {
    try (ChildJvm server = ChildJvm.start(RelayLoad.class.getName(), "service")) {
      String[] ready = server.await("ready").split(" ");
      int port = Integer.parseInt(ready[0]);
      Vertx vertx = Vertx.vertx();
      Context loop = vertx.getOrCreateContext();
      WebSocketClient client =
          vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(2 * PAIRS));
      AtomicInteger received = new AtomicInteger();
      CountDownLatch[] done = new CountDownLatch[1];
      WebSocket[] senders = new WebSocket[PAIRS];
      String[] tokens = new String[PAIRS];
      for (int i = 0; i < PAIRS; i++) {
        tokens[i] = session(port, ready[1], ready[2], "sender" + i);
        senders[i] = socket(loop, client, port, tokens[i]);
        WebSocket receiver =
            socket(loop, client, port, session(port, ready[1], ready[2], "receiver" + i));
        receiver.textMessageHandler(
            text -> {
              if (text.startsWith("5:::") && received.incrementAndGet() == perPair * PAIRS) {
                done[0].countDown();
              }
            });
      }
      double[] rates = new double[ROUNDS];
      for (int round = -1; round < ROUNDS; round++) {
        received.set(0);
        done[0] = new CountDownLatch(1);
        long start = System.nanoTime();
        for (int i = 0; i < PAIRS; i++) {
          String frame = frame(tokens[i], "receiver" + i);
          pump(loop, senders[i], frame, perPair);
        }
        await(done[0]);
        if (round >= 0) {
          rates[round] = perPair * PAIRS / ((System.nanoTime() - start) / 1e9);
        }
      }
      vertx.close();
      return Figures.median(rates);
    }
  }

  private static double echo(int perPair) throws Exception {
    try (ChildJvm server = ChildJvm.start(RelayLoad.class.getName(), "echo")) {
      int port = Integer.parseInt(server.await("ready").strip());
      Vertx vertx = Vertx.vertx();
      Context loop = vertx.getOrCreateContext();
      WebSocketClient client =
          vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(2 * PAIRS));
      WebSocket[] sockets = new WebSocket[PAIRS];
      for (int i = 0; i < PAIRS; i++) {
        sockets[i] = connect(loop, client, port, "/");
      }
      double[] rates = new double[ROUNDS];
      for (int round = -1; round < ROUNDS; round++) {
        CountDownLatch done = new CountDownLatch(PAIRS);
        long start = System.nanoTime();
        for (int i = 0; i < PAIRS; i++) {
          pump(
                  loop,
                  sockets[i],
                  frame("5E0F6C1B-2A77-4C1E-8B0D-91C4F3A2D6E8", "receiver" + i),
                  perPair)
              .onComplete(x -> done.countDown());
        }
        await(done);
        if (round >= 0) {
          rates[round] = perPair * PAIRS / ((System.nanoTime() - start) / 1e9);
        }
      }
      vertx.close();
      return Figures.median(rates);
    }
  }

  /** Keeps a window of frames unanswered until all are answered. */
  private static Future<Void> pump(Context loop, WebSocket socket, String frame, int count) {
    Promise<Void> all = Promise.promise();
    int[] sent = {0};
    int[] answered = {0};
    socket.textMessageHandler(
        text -> {
          if (text.startsWith("6:::") || text.startsWith("5:1+")) {
            answered[0]++;
            if (sent[0] < count) {
              sent[0]++;
              socket.writeTextMessage(frame);
            } else if (answered[0] == count) {
              all.complete();
            }
          }
        });
    loop.runOnContext(
        v -> {
          for (int i = 0; i < Math.min(WINDOW, count); i++) {
            sent[0]++;
            socket.writeTextMessage(frame);
          }
        });
    return all.future();
  }

  private static String frame(String token, String to) {
    JsonObject data =
        Json.object()
            .add("to", to)
            .add("ccSelf", false)
            .add("message", "hello, this is a message of usual size")
            .build();
    return request("post", Paths.MESSAGES, token, data);
  }

  private static String request(String method, String path, String token, JsonObject data) {
    return FrameCodec.encode(
        ApiRequestCodec.encode(
            new ApiRequest(
                method, path, Map.of("App-Token", token, "Respoke-SDK", "Respoke.js/2.2.0"), data),
            1,
            ArgumentForm.STRING));
  }

  private static WebSocket socket(Context loop, WebSocketClient client, int port, String token)
      throws Exception {
    ServiceUri uri = ServiceUri.of("http://127.0.0.1:" + port);
    Map<String, String> query =
        ServiceUri.query(CredentialKind.APP_TOKEN, token, "Respoke.js/2.2.0");
    String sid =
        HTTP.send(
                HttpRequest.newBuilder(uri.handshake(query)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body()
            .replaceAll(":.*", "");
    URI address = uri.webSocket(sid, query);
    WebSocket socket =
        connect(loop, client, port, address.getRawPath() + "?" + address.getRawQuery());
    CountDownLatch registered = new CountDownLatch(1);
    // The greeting may have come already: the service takes the request all the same.
    socket.writeTextMessage(request("post", Paths.CONNECTIONS, token, Json.object().build()));
    socket.textMessageHandler(
        text -> {
          if (text.startsWith("6:::")) {
            registered.countDown();
          }
        });
    await(registered);
    return socket;
  }

  /** Opens a socket whose handlers all run on the one loop. */
  private static WebSocket connect(Context loop, WebSocketClient client, int port, String path)
      throws Exception {
    Promise<WebSocket> opened = Promise.promise();
    loop.runOnContext(v -> client.connect(port, "127.0.0.1", path).onComplete(opened));
    return await(opened.future());
  }

  private static String session(int port, String appId, String secret, String endpointId)
      throws Exception {
    JsonObject minted =
        post(
            port,
            Paths.TOKENS,
            secret,
            Json.object()
                .add("appId", appId)
                .add("endpointId", endpointId)
                .add("ttl", 3600)
                .build());
    JsonObject session =
        post(
            port,
            Paths.SESSION_TOKENS,
            null,
            Json.object().add("tokenId", minted.getString("tokenId")).build());
    return session.getString("token");
  }

  private static JsonObject post(int port, String path, @Nullable String secret, JsonObject body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)));
    if (secret != null) {
      request.header("App-Secret", secret);
    }
    return Json.parseObject(
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(120, TimeUnit.SECONDS)) {
      throw new IllegalStateException("No progress for two minutes");
    }
  }
}
