package io.respoke.benchmarks;

import io.respoke.protocol.Paths;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Map;

/**
 * Clients of one JVM that come back, with their groups, after the service was killed and started
 * again; beside as many sockets that log in and join from the start, without the clients' waits.
 */
final class RecoveryLoad {
  private static final int GROUP_SIZE = 20;
  private static final int AT_ONCE = 64;

  /** Below the ports that clients use: nobody takes it while the service is away. */
  private static final int PORT = 21_000;

  /**
   * What was measured, from when the service listens again.
   *
   * @param p50Seconds when half of all are back
   * @param p99Seconds when all but a hundredth are
   * @param lastSeconds when all are
   */
  record Measured(double p50Seconds, double p99Seconds, double lastSeconds) {
    static Measured of(double[] millis) {
      return new Measured(
          Figures.quantile(millis, 0.5) / 1e3,
          Figures.quantile(millis, 0.99) / 1e3,
          Figures.quantile(millis, 1) / 1e3);
    }
  }

  private RecoveryLoad() {}

  static String group(int client) {
    return "group" + client / GROUP_SIZE;
  }

  static Measured clients(int count) throws Exception {
    int port = freePort();
    try (ChildProcess clients = startClients(port, count)) {
      try (LoadedServer before = LoadedServer.service(port, "memory")) {
        clients.say("connect");
        String unused = clients.await("there");
        assertMembers(before, count);
      }
      try (LoadedServer after = LoadedServer.service(port, "memory")) {
        clients.say(String.valueOf(System.currentTimeMillis()));
        double[] millis =
            Arrays.stream(clients.await("back").split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertMembers(after, count);
        return Measured.of(millis);
      }
    }
  }

  private static ChildProcess startClients(int port, int count) throws IOException {
    return ChildJvm.start(
        RecoveringClients.class.getName(), String.valueOf(port), String.valueOf(count));
  }

  /** Logins without clients, all that the service takes at once. */
  static Measured logins(int count) throws Exception {
    try (LoadedServer server = LoadedServer.service();
        LoadLoop load = new LoadLoop()) {
      double[] millis = new double[count];
      long start = System.nanoTime();
      load.all(
          count,
          AT_ONCE,
          i ->
              server
                  .open(load, "client" + i)
                  .compose(line -> line.request(line.dialect().join(group(i))))
                  .onSuccess(in -> millis[i] = (System.nanoTime() - start) / 1e6));
      assertMembers(server, count);
      return Measured.of(millis);
    }
  }

  /** The service itself must say that all are in their groups. */
  private static void assertMembers(LoadedServer server, int count) throws Exception {
    try (LoadLoop load = new LoadLoop()) {
      int members = 0;
      for (int first = 0; first < count; first += GROUP_SIZE) {
        String path = Paths.subscribers(group(first));
        String body =
            load.get(
                () ->
                    load.http(
                        HttpMethod.GET,
                        server.port(),
                        path,
                        Map.of("App-Secret", LoadedServer.SECRET),
                        ""));
        members += body.split("\"endpointId\"", -1).length - 1;
      }
      if (members != count) {
        throw new IllegalStateException(
            "Of " + count + " clients " + members + " are in their groups");
      }
    }
  }

  private static int freePort() throws IOException {
    for (int port = PORT; port < PORT + 1000; port++) {
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        // somebody has it
      }
    }
    throw new IOException("No port from " + PORT + " on is free");
  }
}
