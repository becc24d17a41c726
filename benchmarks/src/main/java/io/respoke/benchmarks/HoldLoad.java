package io.respoke.benchmarks;

import java.time.Duration;
import java.util.List;

/** Connections that a server takes, and holds. */
final class HoldLoad {
  private static final int AT_ONCE = 64;

  /**
   * What was measured.
   *
   * @param held sockets that answered at the end
   * @param perSecond how many came in a second
   * @param cpuMicros the server's work for one
   * @param kilobytes what it needs for one
   * @param residentMegabytes what the server's process occupies with all
   */
  record Measured(
      double held,
      double perSecond,
      double cpuMicros,
      double kilobytes,
      double residentMegabytes) {}

  private HoldLoad() {}

  static Measured measure(LoadedServer server, int count) throws Exception {
    try (LoadLoop load = new LoadLoop()) {
      // What is loaded and compiled once does not count.
      int few = 1 + count / 20;
      List<Line> first = load.all(few, AT_ONCE, i -> server.open(load, "first" + i));
      long memory = server.memory();
      Duration cpu = server.cpu();
      long start = System.nanoTime();
      List<Line> lines = load.all(count, AT_ONCE, i -> server.open(load, "endpoint" + i));
      double seconds = (System.nanoTime() - start) / 1e9;
      double micros = server.cpu().minus(cpu).toNanos() / 1e3 / count;
      double kilobytes = (server.memory() - memory) / 1024.0 / count;
      int answered = answered(load, first) + answered(load, lines);
      return new Measured(
          answered, count / seconds, micros, kilobytes, server.resident() / 1048576.0);
    }
  }

  private static int answered(LoadLoop load, List<Line> lines) throws Exception {
    return load.all(
            lines.size(),
            AT_ONCE,
            i -> lines.get(i).request(lines.get(i).dialect().message("nobody")))
        .size();
  }
}
