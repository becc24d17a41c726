package io.respoke.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Measures and prints. Arguments name what: {@code client}, {@code idle}, {@code service}, {@code
 * codec}, {@code cdi}, {@code media}; none means all of these. Of the service there are parts, see
 * {@link ServiceLoad#PARTS}. {@code small} makes the runs short, to see that they work. {@code soak
 * <seconds>} is a test, not a measurement; see {@link Soak}.
 */
public final class Benchmarks {
  private Benchmarks() {}

  /** Runs the named benchmarks. */
  public static void main(String[] args) throws Exception {
    List<String> wanted = List.of(args);
    if (wanted.size() == 2 && wanted.get(0).equals("soak")) {
      Duration length = Duration.ofSeconds(Long.parseLong(wanted.get(1)));
      Figures.note(Soak.run(length, System.nanoTime()));
      System.exit(0);
    }
    // Of what libraries say about themselves, only what matters goes between the figures.
    Logger.getLogger("").setLevel(Level.WARNING);
    boolean small = wanted.contains("small");
    boolean all = wanted.stream().allMatch("small"::equals);
    Figures.note(
        "JDK %s, %d processors", Runtime.version(), Runtime.getRuntime().availableProcessors());
    if (all || wanted.contains("client")) {
      ClientLoad.run(small ? 2_000 : 300_000, small ? 200 : 10_000);
    }
    if (all || wanted.contains("idle")) {
      IdleClients.run(10, small ? 20 : 2_000);
    }
    List<String> service = ServiceLoad.PARTS.stream().filter(wanted::contains).toList();
    if (service.isEmpty() && (all || wanted.contains("service"))) {
      service = ServiceLoad.PARTS;
    }
    ServiceLoad.run(service, small ? ServiceSize.SMALL : ServiceSize.FULL);
    if (all || wanted.contains("codec")) {
      ChildJvm.run(CodecBenchmark.class.getName());
    }
    if (all || wanted.contains("cdi")) {
      CdiLoad.run(small ? 2_000 : 300_000, small ? 1 : 9, small ? 10 : 500);
    }
    if (all || wanted.contains("media")) {
      MediaLoad.run(small);
    }
    System.exit(0);
  }
}
