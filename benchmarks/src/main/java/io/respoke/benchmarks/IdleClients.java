package io.respoke.benchmarks;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.Token;
import jakarta.websocket.Session;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Heap and threads of connections that do nothing. Each measurement has a JVM of its own; so has
 * the service.
 */
final class IdleClients {
  private IdleClients() {}

  static void run(int few, int many) throws Exception {
    try (ChildProcess server = ChildJvm.start(PeerServer.class.getName())) {
      String port = server.await("port");
      double[] ours = measure("client", port, many);
      double[] bare = measure("bare", port, many);
      double[] oursFew = measure("client", port, few);
      double[] bareFew = measure("bare", port, few);
      Figures.head("Idle connections, " + many + " in one JVM");
      Figures.row("heap per connection", ours[0], bare[0], "KB");
      Figures.row("threads with " + few, oursFew[1], bareFew[1], "");
      Figures.row("threads with " + many, ours[1], bare[1], "");
    }
  }

  private static double[] measure(String what, String port, int count) throws Exception {
    try (ChildProcess child =
        ChildJvm.start(IdleClients.class.getName(), what, port, Integer.toString(count))) {
      String[] figures = child.await("idle").split(" ");
      return new double[] {Double.parseDouble(figures[0]), Double.parseDouble(figures[1])};
    }
  }

  /** Opens connections and says what they take. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[1]);
    int count = Integer.parseInt(args[2]);
    List<Object> open = new ArrayList<>();
    open.add(open(args[0], port)); // what is loaded once does not count
    long before = usedHeap();
    for (int i = 0; i < count; i++) {
      open.add(open(args[0], port));
    }
    long after = usedHeap();
    // Pools let go of threads that were needed for connecting only.
    Thread.sleep(15_000);
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    System.out.println("idle " + (after - before) / 1024.0 / count + " " + threads);
    System.out.flush();
    Runtime.getRuntime().halt(open.isEmpty() ? 1 : 0);
  }

  private static Object open(String what, int port) throws Exception {
    if (what.equals("bare")) {
      Session session = BareTyrus.open(port, text -> {});
      return session;
    }
    Client client =
        Respoke.createClient(
            ClientOptions.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .token(new Token(Token.Kind.SESSION_TOKEN, "5E0F6C1B"))
                .build());
    return client.connect().toCompletableFuture().join();
  }

  private static long usedHeap() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(200);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
