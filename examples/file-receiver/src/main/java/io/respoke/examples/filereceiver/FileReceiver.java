package io.respoke.examples.filereceiver;

import io.respoke.AppSecretTokens;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.DirectConnection;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.Tokens;
import io.respoke.event.DirectConnectionClosed;
import io.respoke.event.DirectMessageReceived;
import io.respoke.event.IncomingDirectConnection;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Takes files over direct connections, past the service: first an object that says what comes, then
 * the bytes in chunks. {@link IncomingFile} has the rules.
 */
public final class FileReceiver implements AutoCloseable {
  private final Client client;
  private final Path directory;
  private final PrintStream out;

  /** A receiver that is not connected yet. */
  FileReceiver(ClientOptions options, Path directory, PrintStream out) {
    this.directory = directory;
    this.out = out;
    client = Respoke.createClient(options);
    client.listen(IncomingDirectConnection.class, e -> take(e.directConnection()));
  }

  /** Receives into the directory in the arguments; without one, or a service, tells a story. */
  public static void main(String[] args) throws Exception {
    run(args, System.getenv(), System.out);
  }

  static void run(String[] args, Map<String, String> env, PrintStream out) throws Exception {
    if (args.length == 0
        || List.of(args).contains("--demo")
        || !env.containsKey("RESPOKE_BASE_URL")) {
      Demo.run(out);
      return;
    }
    try (FileReceiver receiver = new FileReceiver(options(env, "files"), Path.of(args[0]), out)) {
      Runtime.getRuntime().addShutdownHook(new Thread(receiver::close));
      receiver.start().toCompletableFuture().join();
      Thread.currentThread().join(); // the library's threads are daemons, so this one has to stay
    }
  }

  static ClientOptions options(Map<String, String> env, String endpointId) {
    return ClientOptions.builder()
        .baseUrl(env.getOrDefault("RESPOKE_BASE_URL", ClientOptions.DEFAULT_BASE_URL))
        .endpointId(endpointId)
        .tokenProvider(
            Tokens.appSecret(
                AppSecretTokens.of(
                    env.getOrDefault("RESPOKE_APP_SECRET", ""), RoleRef.appDefault())))
        .build();
  }

  CompletionStage<Client> start() {
    return client.connect();
  }

  private void take(DirectConnection connection) {
    String from = connection.endpoint().id();
    IncomingFile file = new IncomingFile(directory);
    // before accepting, so that nothing is missed; the listener is called in order, one at a time
    connection.listen(
        DirectMessageReceived.class,
        e ->
            file.received(e.message())
                .ifPresent(
                    outcome -> {
                      say(from + ": " + outcome);
                      connection.sendMessage(outcome);
                    }));
    connection.listen(
        DirectConnectionClosed.class,
        e -> file.abandon().ifPresent(outcome -> say(from + ": " + outcome)));
    connection
        .accept()
        .whenComplete(
            (opened, failure) ->
                say(
                    failure == null
                        ? from + " is connected"
                        : "no connection with " + from + ": " + failure.getMessage()));
  }

  private void say(String line) {
    out.println("file-receiver: " + line);
  }

  @Override
  public void close() {
    client.close();
  }
}
