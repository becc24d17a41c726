package io.respoke.benchmarks;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.Token;
import io.respoke.event.MessageReceived;
import io.respoke.protocol.ApiRequest;
import io.respoke.protocol.ApiRequestCodec;
import io.respoke.protocol.ApiRequestCodec.ArgumentForm;
import io.respoke.protocol.FrameCodec;
import jakarta.json.JsonValue;
import jakarta.websocket.Session;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Deliveries per second and round trips of the client, beside a bare Tyrus session. */
final class ClientLoad {
  private static final int ROUNDS = 5;

  private ClientLoad() {}

  static void run(int messages, int requests) throws Exception {
    try (ChildProcess server = ChildJvm.start(PeerServer.class.getName())) {
      int port = Integer.parseInt(server.await("port"));
      deliveries(port, messages);
      roundTrips(port, requests);
    }
  }

  private static Client connect(int port, int inboundLimit) {
    return Respoke.connect(
            ClientOptions.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .token(new Token(Token.Kind.SESSION_TOKEN, "5E0F6C1B"))
                .inboundLimit(inboundLimit)
                .build())
        .toCompletableFuture()
        .join();
  }

  private static void deliveries(int port, int messages) throws Exception {
    double[] ours = new double[ROUNDS];
    double[] bare = new double[ROUNDS];
    try (Client client = connect(port, messages)) {
      AtomicInteger count = new AtomicInteger();
      CountDownLatch[] done = new CountDownLatch[1];
      client.listen(
          MessageReceived.class,
          e -> {
            if (count.incrementAndGet() == messages) {
              done[0].countDown();
            }
          });
      AtomicInteger bareCount = new AtomicInteger();
      CountDownLatch[] bareDone = new CountDownLatch[1];
      Session session =
          BareTyrus.open(
              port,
              text -> {
                if (text.startsWith("5:::") && bareCount.incrementAndGet() == messages) {
                  bareDone[0].countDown();
                }
              });
      for (int round = -2; round < ROUNDS; round++) {
        count.set(0);
        done[0] = new CountDownLatch(1);
        long start = System.nanoTime();
        client.request("post", "/v1/benchmark/flood/" + messages, JsonValue.EMPTY_JSON_OBJECT);
        done[0].await();
        double mine = messages / seconds(start);

        bareCount.set(0);
        bareDone[0] = new CountDownLatch(1);
        start = System.nanoTime();
        session.getAsyncRemote().sendText("flood " + messages);
        bareDone[0].await();
        double theirs = messages / seconds(start);
        if (round >= 0) {
          ours[round] = mine;
          bare[round] = theirs;
        }
      }
      session.close();
      if (client.inspect().droppedEvents() > 0) {
        throw new IllegalStateException("events were dropped: the figure means nothing");
      }
    }
    Figures.head("Deliveries to a listener, " + messages + " frames, median of " + ROUNDS);
    Figures.row("messages per second", Figures.median(ours), Figures.median(bare), "/s");
  }

  private static void roundTrips(int port, int requests) throws Exception {
    double[] ours = new double[requests];
    double[] bare = new double[requests];
    String frame =
        FrameCodec.encode(
            ApiRequestCodec.encode(
                new ApiRequest(
                    "post",
                    "/v1/benchmark/echo",
                    Map.of("App-Token", "5E0F6C1B", "Respoke-SDK", "Respoke-Java/development"),
                    JsonValue.EMPTY_JSON_OBJECT),
                7,
                ArgumentForm.STRING));
    try (Client client = connect(port, 1000)) {
      SynchronousQueue<String> answers = new SynchronousQueue<>();
      Session session =
          BareTyrus.open(
              port,
              text -> {
                if (text.startsWith("6:")) {
                  try {
                    answers.put(text);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }
              });
      for (int i = -requests / 2; i < requests; i++) {
        long start = System.nanoTime();
        client
            .request("post", "/v1/benchmark/echo", JsonValue.EMPTY_JSON_OBJECT)
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
        double mine = System.nanoTime() - start;
        start = System.nanoTime();
        session.getAsyncRemote().sendText(frame);
        answers.poll(10, TimeUnit.SECONDS);
        double theirs = System.nanoTime() - start;
        if (i >= 0) {
          ours[i] = mine / 1000;
          bare[i] = theirs / 1000;
        }
      }
      session.close();
    }
    Figures.head("Request round trip, " + requests + " in turn with the baseline");
    Figures.row("p50", Figures.median(ours), Figures.median(bare), "µs");
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
