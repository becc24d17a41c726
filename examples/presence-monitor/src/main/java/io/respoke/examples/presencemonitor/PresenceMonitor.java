package io.respoke.examples.presencemonitor;

import io.respoke.AppSecretTokens;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectionState;
import io.respoke.Presence;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.Tokens;
import io.respoke.event.ConnectionStateChanged;
import io.respoke.event.Disconnected;
import io.respoke.event.PresenceChanged;
import io.respoke.event.Reconnected;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Tells when somebody comes, goes, or is busy, and since when it cannot tell: during a drop nothing
 * is known, and afterwards what was missed is not guessed.
 */
public final class PresenceMonitor implements AutoCloseable {
  private final Client client;
  private final List<String> watched;
  private final Consumer<String> report;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /**
   * A monitor that is not connected yet.
   *
   * @param report gets a line for everything that is seen
   */
  PresenceMonitor(ClientOptions options, Collection<String> watched, Consumer<String> report) {
    this.watched = List.copyOf(watched);
    this.report = report;
    client = Respoke.createClient(options);
    client.listen(PresenceChanged.class, this::changed);
    client.listen(
        Disconnected.class,
        e -> {
          if (e.willReconnect()) {
            say("lost the connection (" + e.reason() + "): nothing is known from now on");
          }
        });
    client.listen(
        Reconnected.class,
        e -> say("nothing was known for " + e.downtime().toMillis() + " ms; now " + board()));
    client.listen(
        ConnectionStateChanged.class,
        e -> {
          if (e.newState() == ConnectionState.DISCONNECTED) {
            ended.complete(null);
          }
        });
  }

  /** Runs until the process is ended; with {@code --demo} or without a service, plays a story. */
  public static void main(String[] args) {
    run(args, System.getenv(), System.out);
  }

  static void run(String[] args, Map<String, String> env, PrintStream out) {
    if (List.of(args).contains("--demo") || !env.containsKey("RESPOKE_BASE_URL")) {
      Demo.run(out);
      return;
    }
    if (args.length == 0) {
      throw new IllegalArgumentException("usage: <endpoint to watch>...");
    }
    try (PresenceMonitor monitor = new PresenceMonitor(options(env), List.of(args), out::println)) {
      Runtime.getRuntime().addShutdownHook(new Thread(monitor::close));
      monitor.start().toCompletableFuture().join();
      monitor.ended.join(); // the library's threads are daemons, so this one has to stay
    }
  }

  static ClientOptions options(Map<String, String> env) {
    return ClientOptions.builder()
        .baseUrl(env.getOrDefault("RESPOKE_BASE_URL", ClientOptions.DEFAULT_BASE_URL))
        .endpointId(env.getOrDefault("RESPOKE_ENDPOINT_ID", "presence-monitor"))
        .tokenProvider(
            Tokens.appSecret(
                AppSecretTokens.of(
                    env.getOrDefault("RESPOKE_APP_SECRET", ""), RoleRef.appDefault())))
        .presenceResolver(new QuietWins())
        .build();
  }

  /** Connects and observes; afterwards the library observes again after every drop. */
  CompletionStage<Void> start() {
    return client
        .connect()
        .thenCompose(connected -> client.observePresence(watched))
        .thenAccept(now -> say("now " + board()));
  }

  /** Everybody's presence at this moment. */
  Map<String, String> board() {
    Map<String, String> board = new TreeMap<>();
    watched.forEach(id -> board.put(id, client.endpoint(id).presence().text()));
    return board;
  }

  private void changed(PresenceChanged event) {
    String before = text(event.oldPresence());
    String now = text(event.presence());
    // The event comes for every connection, also when that changes nothing for the endpoint.
    if (!before.equals(now)) {
      say(
          event.endpoint().id()
              + ": "
              + before
              + " -> "
              + now
              + " ("
              + event.endpoint().connections().size()
              + " connected)");
    }
  }

  private static String text(Presence presence) {
    return presence.text() + presence.status().map(status -> " " + status).orElse("");
  }

  private void say(String line) {
    report.accept("monitor: " + line);
  }

  @Override
  public void close() {
    client.close();
  }
}
