package io.respoke.cdi.servers;

import io.respoke.cdi.servers.ServerKind.Installation;
import io.respoke.cdi.suite.People;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Runs the suite in real application servers, each fetched, unpacked and started here, and says
 * what was measured as a row of {@code docs/hosts.md}. Arguments: which servers; all if none.
 */
public final class RealServers {
  private static final int DEPLOYMENTS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private RealServers() {}

  /** Throws when anything is not as it should be. */
  public static void main(String[] arguments) throws Exception {
    List<String> wanted = List.of(arguments);
    boolean good = true;
    List<String> rows = new ArrayList<>();
    for (ServerKind kind : ServerKind.values()) {
      if (wanted.isEmpty() || wanted.contains(kind.name().toLowerCase(Locale.ROOT))) {
        try {
          good &= new Run(kind).measure(rows);
        } catch (IOException | TimeoutException e) {
          good = false;
          System.out.println(kind.title() + " could not be measured: " + e);
        }
      }
    }
    System.out.println();
    rows.forEach(System.out::println);
    if (!good) {
      throw new IllegalStateException("Not all is as it should be; see above");
    }
  }

  /** One server, from unpacking it to its end. */
  private static final class Run {
    private final ServerKind kind;
    private final Installation at;
    private final Path log;

    Run(ServerKind kind) throws IOException {
      this.kind = kind;
      Path target = Path.of(classes()).getParent();
      Path archive = archive(target.resolve("servers"), kind.artifact());
      Path home = target.resolve("servers").resolve(kind.artifact());
      delete(home);
      Files.createDirectories(home);
      if (archive.toString().endsWith(".zip")) {
        unpack(archive, home);
      }
      // WildFly has a directory with its version around everything, Liberty does not.
      Path inner = home;
      try (Stream<Path> entries = Files.list(home)) {
        List<Path> all = entries.toList();
        if (all.size() == 1 && all.get(0).getFileName().toString().startsWith("wildfly")) {
          inner = all.get(0);
        }
      }
      int port = freePort();
      while (port < kind.usualPort() || !kind.offsets().stream().allMatch(free(port))) {
        port = freePort();
      }
      at = new Installation(archive, inner, target.resolve("probe.war"), port);
      log = target.resolve("servers").resolve(kind.artifact() + ".log");
    }

    private static int freePort() throws IOException {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      }
    }

    private static Predicate<Integer> free(int port) {
      return offset -> {
        try (ServerSocket free =
            new ServerSocket(port + offset, 1, InetAddress.getLoopbackAddress())) {
          return free.isBound();
        } catch (IOException | IllegalArgumentException e) {
          return false;
        }
      };
    }

    private static URI classes() {
      try {
        return RealServers.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }

    boolean measure(List<String> rows) throws Exception {
      try (RespokeService service =
          RespokeService.start(ServiceOptions.builder().port(0).noRateLimit().build())) {
        List<String> options = new ArrayList<>(List.of("-Xmx384m"));
        for (Map.Entry<String, String> property : People.properties(service).entrySet()) {
          options.add("-D" + property.getKey() + '=' + property.getValue());
        }
        ProcessBuilder builder = new ProcessBuilder(kind.prepare(at, options));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", String.join(" ", options));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        long began = System.nanoTime();
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> killed(process)));
        try {
          await("the application", process, () -> !id().isEmpty());
          double seconds = (System.nanoTime() - began) / 1e9;
          return measure(rows, service, process, seconds);
        } finally {
          end(process);
          boolean ended = soon(() -> service.snapshot().connections() == 0);
          if (!ended) {
            System.out.println(kind.title() + " has left connections: " + service.snapshot());
          }
        }
      }
    }

    private boolean measure(
        List<String> rows, RespokeService service, Process process, double seconds)
        throws Exception {
      String server = get("server").strip();
      await("its two clients", process, () -> service.snapshot().connections() == 2);
      List<String> first = suite();
      long resident = resident(process);
      String again = "not done: it deploys when it starts";
      boolean good = first.stream().allMatch(line -> line.startsWith("ok "));
      if (kind.deploysAgain()) {
        long threads = get("threads").lines().count();
        for (int i = 0; i < DEPLOYMENTS; i++) {
          String before = get("id");
          kind.deploy(at);
          await("a new deployment", process, () -> !List.of("", before).contains(id()));
          await(
              "its two clients, and no others",
              process,
              () -> service.snapshot().connections() == 2);
        }
        List<String> last = suite();
        good &= last.stream().allMatch(line -> line.startsWith("ok "));
        good &= soon(() -> Long.parseLong(get("loaders").strip()) <= 2);
        // Pools let go of theirs when they have been idle.
        good &= soon(() -> get("threads").lines().count() <= threads);
        long more = get("threads").lines().count() - threads;
        again =
            DEPLOYMENTS
                + " times: suite "
                + (last.stream().allMatch(line -> line.startsWith("ok ")) ? "passes" : "FAILS")
                + ", class loaders left "
                + (Long.parseLong(get("loaders").strip()) - 1)
                + ", threads left "
                + Math.max(0, more);
      }
      rows.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.1f s | %d MB | %d of %d | %s |",
              server,
              Runtime.version().feature(),
              seconds,
              resident / 1_000_000,
              first.stream().filter(line -> line.startsWith("ok ")).count(),
              first.size(),
              again));
      return good;
    }

    private List<String> suite() {
      List<String> lines = get("suite").lines().toList();
      lines.forEach(line -> System.out.println(kind.title() + ": " + line));
      if (lines.isEmpty()) {
        throw new UncheckedIOException(new IOException("the suite has no tests"));
      }
      return lines;
    }

    /** Which deployment answers; empty if none does. */
    private String id() {
      try {
        return get("id");
      } catch (UncheckedIOException e) {
        return "";
      }
    }

    private String get(String path) {
      try {
        HttpURLConnection connection =
            (HttpURLConnection)
                URI.create("http://127.0.0.1:" + at.port() + "/probe/" + path)
                    .toURL()
                    .openConnection();
        connection.setReadTimeout((int) PATIENCE.toMillis());
        try (InputStream in = connection.getInputStream()) {
          return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void await(String what, Process process, BooleanSupplier there)
        throws TimeoutException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!there.getAsBoolean()) {
        if (!process.isAlive() || System.nanoTime() - end > 0) {
          throw new TimeoutException(
              what + " was not there in " + PATIENCE + "; see " + log + " of " + kind.title());
        }
        LockSupport.parkNanos(50_000_000);
      }
    }

    private static boolean soon(BooleanSupplier there) {
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!there.getAsBoolean()) {
        if (System.nanoTime() - end > 0) {
          return false;
        }
        LockSupport.parkNanos(100_000_000);
      }
      return true;
    }
  }

  private static void killed(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** A script's JVM is its child. */
  private static void end(Process process) throws InterruptedException {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle each : all) {
      try {
        each.onExit().get(30, TimeUnit.SECONDS);
      } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
        each.destroyForcibly();
      }
    }
  }

  private static long resident(Process process) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .mapToLong(RealServers::resident)
        .max()
        .orElse(0);
  }

  private static long resident(ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static Path archive(Path directory, String artifact) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches(artifact + "-.*\\.(zip|jar)"))
          .findFirst()
          .orElseThrow(
              () -> new IOException(artifact + " is not in " + directory + "; add -Pservers"));
    }
  }

  private static void unpack(Path archive, Path into) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = into.resolve(entry.getName()).normalize();
        if (!file.startsWith(into)) {
          throw new IOException("the archive has " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
          if (file.getParent().endsWith("bin")) {
            Files.setPosixFilePermissions(file, EnumSet.allOf(PosixFilePermission.class));
          }
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
