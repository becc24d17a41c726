package io.respoke.benchmarks;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.event.MessageReceived;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What injection and observers cost in Weld SE, beside clients and listeners without CDI. */
final class CdiLoad {
  private static final int ROUNDS = 5;
  private static final Token TOKEN = new Token(Token.Kind.SESSION_TOKEN, "5E0F6C1B");

  private CdiLoad() {}

  static void run(int messages, int starts, int clients) throws Exception {
    try (ChildProcess server = ChildJvm.start(PeerServer.class.getName())) {
      String port = server.await("port");
      try (ChildProcess child =
          ChildJvm.start(CdiLoad.class.getName(), "deliveries", port, String.valueOf(messages))) {
        String[] figures = child.await("figures").split(" ");
        Figures.head("Deliveries to an observer, " + messages + " frames, median of " + ROUNDS);
        Figures.row(
            "messages per second, beside a listener",
            Double.parseDouble(figures[0]),
            Double.parseDouble(figures[1]),
            "/s");
      }
      double[] ours = new double[starts];
      double[] bare = new double[starts];
      for (int i = 0; i < starts; i++) {
        try (ChildProcess with = ChildJvm.start(CdiLoad.class.getName(), "start", port)) {
          ours[i] = Double.parseDouble(with.await("figures"));
        }
        try (ChildProcess without = ChildJvm.startWithout("cdi-extension", Bare.class.getName())) {
          bare[i] = Double.parseDouble(without.await("figures"));
        }
      }
      Figures.head("Start of Weld SE, with an injected client and an observer, and without");
      Figures.row("median of " + starts, Figures.median(ours), Figures.median(bare), "ms");
      QuarkusStart.run(starts);
      double injected = heap("injected", port, clients);
      double plain = heap("plain", port, clients);
      Figures.head("Idle clients, " + clients + " in one JVM");
      Figures.row("heap per client, injected, beside one without CDI", injected, plain, "KB");
    }
  }

  private static double heap(String what, String port, int clients) throws Exception {
    double[] used = new double[2];
    int[] counts = {1, clients + 1};
    for (int i = 0; i < counts.length; i++) {
      try (ChildProcess child =
          ChildJvm.start(CdiLoad.class.getName(), what, port, String.valueOf(counts[i]))) {
        used[i] = Double.parseDouble(child.await("figures"));
      }
    }
    return (used[1] - used[0]) / clients / 1024;
  }

  /** One measurement. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[1]);
    switch (args[0]) {
      case "deliveries" -> deliveries(port, Integer.parseInt(args[2]));
      case "start" -> {
        configure("respoke", port);
        System.setProperty("respoke.connect", "manual");
        start(Observing.class, Tokens.class);
      }
      case "injected" -> {
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
          configure("respoke.clients.c" + i, port);
        }
        SeContainer container = container(ObservingAll.class, Tokens.class);
        say(String.valueOf(usedHeap()));
        container.close();
      }
      default -> {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
          Client client = client(port, 1000);
          client.listen(MessageReceived.class, e -> {});
          clients.add(client);
        }
        say(String.valueOf(usedHeap()));
        clients.forEach(Client::close);
      }
    }
    Runtime.getRuntime().halt(0);
  }

  /** The same container and bean, with nothing of ours on the class path of CDI. */
  static final class Bare {
    private Bare() {}

    public static void main(String[] args) {
      start(Plain.class);
      Runtime.getRuntime().halt(0);
    }
  }

  private static void start(Class<?>... beans) {
    long began = System.nanoTime();
    SeContainer container = container(beans);
    say(String.valueOf((System.nanoTime() - began) / 1e6));
    if (!container.isRunning()) {
      throw new IllegalStateException("it does not run");
    }
  }

  private static SeContainer container(Class<?>... beans) {
    return SeContainerInitializer.newInstance().addBeanClasses(beans).initialize();
  }

  private static void configure(String prefix, int port) {
    System.setProperty(prefix + ".baseUrl", "http://127.0.0.1:" + port);
    System.setProperty(prefix + ".inboundLimit", "300000");
  }

  private static Client client(int port, int inboundLimit) {
    return Respoke.connect(
            ClientOptions.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .token(TOKEN)
                .inboundLimit(inboundLimit)
                .build())
        .toCompletableFuture()
        .join();
  }

  private static void deliveries(int port, int messages) throws Exception {
    configure("respoke", port);
    double[] observed = new double[ROUNDS];
    double[] listened = new double[ROUNDS];
    try (SeContainer container = container(Observing.class, Tokens.class);
        Client plain = client(port, messages)) {
      Observing observing = container.select(Observing.class).get();
      AtomicInteger count = new AtomicInteger();
      CountDownLatch[] done = new CountDownLatch[1];
      Runnable counting =
          () -> {
            if (count.incrementAndGet() == messages) {
              done[0].countDown();
            }
          };
      observing.then(counting);
      plain.listen(MessageReceived.class, e -> counting.run());
      for (int round = -2; round < ROUNDS; round++) {
        Consumer<Client> flood =
            client -> {
              count.set(0);
              done[0] = new CountDownLatch(1);
              client.request(
                  "post", "/v1/benchmark/flood/" + messages, JsonValue.EMPTY_JSON_OBJECT);
              try {
                done[0].await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            };
        double mine = messages / seconds(flood, observing.client());
        double theirs = messages / seconds(flood, plain);
        if (round >= 0) {
          observed[round] = mine;
          listened[round] = theirs;
        }
      }
      if (observing.client().inspect().droppedEvents() + plain.inspect().droppedEvents() > 0) {
        throw new IllegalStateException("events were dropped: the figure means nothing");
      }
    }
    say(Figures.median(observed) + " " + Figures.median(listened));
  }

  private static double seconds(Consumer<Client> flood, Client client) {
    long start = System.nanoTime();
    flood.accept(client);
    return (System.nanoTime() - start) / 1e9;
  }

  private static void say(String figures) {
    System.out.println("figures " + figures);
    System.out.flush();
  }

  private static long usedHeap() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(200);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** An application with a client. */
  @ApplicationScoped
  static class Observing {
    @Inject Client client;

    private volatile Runnable then = () -> {};

    Client client() {
      return client;
    }

    void then(Runnable now) {
      then = now;
    }

    void message(@Observes MessageReceived event) {
      then.run();
    }
  }

  /** An application that observes every client that is configured. */
  @ApplicationScoped
  static class ObservingAll {
    void message(@Observes MessageReceived event) {}
  }

  /** Where its token is from. */
  @ApplicationScoped
  static class Tokens {
    @Produces
    TokenProvider tokens() {
      return request -> CompletableFuture.completedFuture(TOKEN);
    }
  }

  /** An application without one. */
  @ApplicationScoped
  static class Plain {
    void message(@Observes String event) {}
  }
}
