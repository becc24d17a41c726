package io.respoke.examples.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The support desk of the examples, run as the program it is. */
final class DeskProcess implements AutoCloseable {
  private static final String WAR = "support-desk.war";
  private static final Pattern QUARKUS_LISTENS = Pattern.compile(".*Listening on: (http://\\S+).*");
  private static final Pattern WILDFLY_HAS_DEPLOYED =
      Pattern.compile(".*Deployed \"support-desk.war\".*()");
  private static final Pattern LIBERTY_IS_READY = Pattern.compile(".*CWWKF0011I: .*()");
  private static final List<String> LIBERTY_FEATURES =
      List.of(
          "cdi-4.0",
          "restfulWS-3.1",
          "jsonb-3.0",
          "websocket-2.1",
          "concurrent-3.0",
          "mpConfig-3.1");

  private final Process process;
  private final CompletableFuture<URI> url = new CompletableFuture<>();

  private final Pattern ready;
  private final String known;

  /**
   * A process that is starting.
   *
   * @param ready what it says when it is there, with where in a group
   * @param known what is known of where before that
   */
  private DeskProcess(Process process, Pattern ready, String known) {
    this.process = process;
    this.ready = ready;
    this.known = known;
  }

  private static Process started(ProcessBuilder builder) throws IOException {
    return builder.redirectErrorStream(true).start();
  }

  /**
   * Starts it for a service, with a respoke.js to serve and a directory for recordings. With the
   * system property {@code desk.wildfly}, the home of a WildFly, or {@code desk.liberty}, the
   * directory {@code wlp} of an Open Liberty, it is the WAR that is started, in a server of its own
   * below {@code scratch}.
   */
  static DeskProcess start(TestService service, Path respokeJs, Path recordings, Path scratch) {
    List<String> settings =
        List.of(
            "-Ddesk.password=lovelace",
            "-Ddesk.agents=grace",
            "-Ddesk.respokeJs=" + respokeJs,
            "-Ddesk.recordings=" + recordings,
            "-Drespoke.baseUrl=" + service.url(),
            "-Drespoke.appSecret=" + service.appSecret());
    String wildFly = System.getProperty("desk.wildfly");
    String liberty = System.getProperty("desk.liberty");
    try {
      DeskProcess desk;
      int port = freePort();
      String inServer = "http://127.0.0.1:" + port + "/support-desk/";
      if (wildFly != null) {
        ProcessBuilder war = onWildFly(Path.of(wildFly), port, settings, scratch);
        desk = new DeskProcess(started(war), WILDFLY_HAS_DEPLOYED, inServer);
      } else if (liberty != null) {
        ProcessBuilder war = onLiberty(Path.of(liberty), port, settings, scratch);
        desk = new DeskProcess(started(war), LIBERTY_IS_READY, inServer);
      } else {
        desk = new DeskProcess(started(onQuarkus(settings)), QUARKUS_LISTENS, "");
      }
      Thread reader = new Thread(desk::read, "desk-out");
      reader.setDaemon(true);
      reader.start();
      return desk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder onQuarkus(List<String> settings) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(settings);
    command.addAll(List.of("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=0"));
    command.addAll(List.of("-jar", built("quarkus/target/quarkus-app/quarkus-run.jar").toString()));
    return new ProcessBuilder(command);
  }

  private static ProcessBuilder onWildFly(Path home, int port, List<String> settings, Path scratch)
      throws IOException {
    Path base = scratch.resolve("standalone");
    for (String directory : List.of("configuration", "deployments")) {
      Path from = home.resolve("standalone").resolve(directory);
      Files.createDirectories(base.resolve(directory));
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, base.resolve(directory).resolve(file.getFileName()));
        }
      }
    }
    Files.copy(built("war/target/" + WAR), base.resolve("deployments").resolve(WAR));
    List<String> command = new ArrayList<>();
    command.addAll(List.of(home.resolve("bin/standalone.sh").toString(), "-b", "127.0.0.1"));
    command.addAll(List.of("-bmanagement", "127.0.0.1", "-c", "standalone-microprofile.xml"));
    command.add("-Djboss.server.base.dir=" + base);
    command.add("-Djboss.socket.binding.port-offset=" + (port - 8080));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS", "-Xmx512m " + String.join(" ", settings));
    return builder;
  }

  private static ProcessBuilder onLiberty(Path home, int port, List<String> settings, Path scratch)
      throws IOException {
    Path server = Files.createDirectories(scratch.resolve("wlp/servers/desk"));
    String features =
        LIBERTY_FEATURES.stream()
            .map(feature -> "<feature>" + feature + "</feature>")
            .collect(Collectors.joining());
    Files.writeString(
        server.resolve("server.xml"),
        """
        <server>
          <featureManager>%s</featureManager>
          <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
        </server>
        """
            .formatted(features, port));
    Files.write(server.resolve("jvm.options"), settings);
    Path apps = Files.createDirectories(server.resolve("dropins"));
    Files.copy(built("war/target/" + WAR), apps.resolve(WAR));
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin/server").toString(), "run", "desk");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WLP_USER_DIR", scratch.resolve("wlp").toString());
    return builder;
  }

  /** A free one that is high enough to be told as an offset from the usual one. */
  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static Path built(String file) {
    Path built = Path.of("../support-desk").resolve(file);
    if (!Files.exists(built)) {
      throw new AssertionError(built + " is not there: `mvn verify` builds it");
    }
    return built;
  }

  private void read() {
    StringBuilder said = new StringBuilder();
    try (BufferedReader out = process.inputReader()) {
      String line;
      while ((line = out.readLine()) != null) {
        said.append(line).append('\n');
        Matcher listening = ready.matcher(line);
        if (listening.matches()) {
          String at = known + listening.group(1);
          url.complete(URI.create(at.endsWith("/") ? at : at + "/"));
        } else if (url.isDone()) {
          System.out.println("desk: " + line);
        }
      }
    } catch (IOException e) {
      said.append(e);
    }
    url.completeExceptionally(new IllegalStateException("the desk ended: " + said));
  }

  /** Where it listens. */
  URI url() {
    return url.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    // A script's JVM is its child.
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
