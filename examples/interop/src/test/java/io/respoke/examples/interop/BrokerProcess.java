package io.respoke.examples.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The token broker of the examples, run as the program it is. */
final class BrokerProcess implements AutoCloseable {
  private static final Pattern OPEN = Pattern.compile("broker: open (\\S+) or post to .*");

  private final Process process;
  private final CompletableFuture<URI> url = new CompletableFuture<>();

  private BrokerProcess(Process process) {
    this.process = process;
  }

  /** Starts it for a service, with these users and a respoke.js to serve. */
  static BrokerProcess start(TestService service, String users, Path respokeJs) {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.respoke.examples.tokenbroker.TokenBroker")
            .redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "RESPOKE_BASE_URL", service.url(),
                "RESPOKE_APP_SECRET", service.appSecret(),
                "RESPOKE_JS", respokeJs.toString(),
                "BROKER_PORT", "0",
                "BROKER_USERS", users));
    try {
      BrokerProcess broker = new BrokerProcess(builder.start());
      Thread reader = new Thread(broker::read, "broker-out");
      reader.setDaemon(true);
      reader.start();
      return broker;
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
        Matcher open = OPEN.matcher(line);
        if (open.matches()) {
          url.complete(URI.create(open.group(1)));
        }
      }
    } catch (IOException e) {
      said.append(e);
    }
    url.completeExceptionally(new IllegalStateException("the broker ended: " + said));
  }

  /** Where it listens. */
  URI url() {
    return url.orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
