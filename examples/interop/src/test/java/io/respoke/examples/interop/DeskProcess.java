package io.respoke.examples.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The support desk of the examples on Quarkus, run as the program it is. */
final class DeskProcess implements AutoCloseable {
  private static final Path PROGRAM =
      Path.of("../support-desk/quarkus/target/quarkus-app/quarkus-run.jar");
  private static final Pattern LISTENING = Pattern.compile(".*Listening on: (http://\\S+).*");

  private final Process process;
  private final CompletableFuture<URI> url = new CompletableFuture<>();

  private DeskProcess(Process process) {
    this.process = process;
  }

  /** Starts it for a service, with a respoke.js to serve and a directory for recordings. */
  static DeskProcess start(TestService service, Path respokeJs, Path recordings) {
    if (!Files.exists(PROGRAM)) {
      throw new AssertionError(PROGRAM + " is not there: `mvn verify` builds it");
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0",
                "-Ddesk.password=lovelace",
                "-Ddesk.agents=grace",
                "-Ddesk.respokeJs=" + respokeJs,
                "-Ddesk.recordings=" + recordings,
                "-Drespoke.baseUrl=" + service.url(),
                "-Drespoke.appSecret=" + service.appSecret(),
                "-jar",
                PROGRAM.toString())
            .redirectErrorStream(true);
    try {
      DeskProcess desk = new DeskProcess(builder.start());
      Thread reader = new Thread(desk::read, "desk-out");
      reader.setDaemon(true);
      reader.start();
      return desk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    StringBuilder said = new StringBuilder();
    try (BufferedReader out = process.inputReader()) {
      String line;
      while ((line = out.readLine()) != null) {
        said.append(line).append('\n');
        Matcher listening = LISTENING.matcher(line);
        if (listening.matches()) {
          url.complete(URI.create(listening.group(1) + "/"));
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
    process.destroy();
  }
}
