package io.respoke.examples.echobot;

import io.respoke.AppSecretTokens;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectionState;
import io.respoke.Message;
import io.respoke.Presence;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.Tokens;
import io.respoke.event.ConnectionFailed;
import io.respoke.event.ConnectionStateChanged;
import io.respoke.event.MessageReceived;
import io.respoke.event.Reconnected;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers every private message with what it says: text with text, JSON with JSON. It mints its own
 * tokens with the app's secret, so it comes back by itself whenever the connection drops.
 */
public final class EchoBot implements AutoCloseable {
  private static final String ECHO = "echo";

  private final Client client;
  private final PrintStream out;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** A bot that is not connected yet. */
  EchoBot(ClientOptions options, PrintStream out) {
    this.out = out;
    client = Respoke.createClient(options);
    client.listen(MessageReceived.class, e -> echo(e.message()));
    client.listen(Reconnected.class, e -> say("back after " + e.downtime().toMillis() + " ms"));
    client.listen(ConnectionFailed.class, e -> say("cannot connect: " + e.error().getMessage()));
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
    try (EchoBot bot = new EchoBot(options(env, args.length == 0 ? "echo" : args[0]), out)) {
      Runtime.getRuntime().addShutdownHook(new Thread(bot::close));
      bot.start().toCompletableFuture().join();
      bot.ended.join(); // the library's threads are daemons, so this one has to stay
    }
  }

  static ClientOptions options(Map<String, String> env, String endpointId) {
    String role = env.get("RESPOKE_ROLE");
    AppSecretTokens minting =
        AppSecretTokens.of(
            env.getOrDefault("RESPOKE_APP_SECRET", ""),
            role == null ? RoleRef.appDefault() : RoleRef.name(role));
    return ClientOptions.builder()
        .baseUrl(env.getOrDefault("RESPOKE_BASE_URL", ClientOptions.DEFAULT_BASE_URL))
        .endpointId(endpointId)
        .tokenProvider(Tokens.appSecret(minting))
        .presence(Presence.AVAILABLE)
        .build();
  }

  CompletionStage<Client> start() {
    return client
        .connect()
        .whenComplete(
            (connected, failure) -> {
              if (failure == null) {
                say("listening as " + connected.endpointId().orElseThrow());
              }
            });
  }

  private void echo(Message message) {
    // A copy of what another connection of the bot sent must not be answered: the bot would talk
    // with itself. Nor must an echo: two bots would never stop.
    if (message.isOwnCopy() || isEcho(message.json())) {
      return;
    }
    message
        .sender()
        .sendMessage(answer(message.json()))
        .whenComplete(
            (sent, failure) ->
                say(
                    failure == null
                        ? message.from() + " said " + message.text()
                        : "no answer for " + message.from() + ": " + failure.getMessage()));
  }

  private static JsonValue answer(JsonValue said) {
    return said instanceof JsonString text
        ? Json.createValue(ECHO + ": " + text.getString())
        : Json.createObjectBuilder().add(ECHO, said).build();
  }

  private static boolean isEcho(JsonValue said) {
    return said instanceof JsonString text
        ? text.getString().startsWith(ECHO + ": ")
        : said instanceof JsonObject object && object.containsKey(ECHO);
  }

  private void say(String line) {
    out.println("echo-bot: " + line);
  }

  @Override
  public void close() {
    client.close();
  }
}
