package io.respoke.examples.ivrmenu;

import io.respoke.AppSecretTokens;
import io.respoke.Call;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.RespokeException;
import io.respoke.RoleRef;
import io.respoke.Tokens;
import io.respoke.event.IncomingCall;
import io.respoke.media.AudioSource;
import io.respoke.media.CallEndedException;
import io.respoke.media.Ivr;
import io.respoke.media.Tone;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers calls with a menu: 1 repeats digits, 2 takes a message, 9 ends. Sounds are tones, so that
 * it needs no files; a real one plays recordings where this one plays {@link Tone}s.
 */
public final class IvrMenu implements AutoCloseable {
  /** High: press a key. */
  static final double QUESTION_HERTZ = 1_000;

  /** Low: that was nothing. */
  static final double WRONG_HERTZ = 300;

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final int CHANCES = 3;

  private final Client client;
  private final Path messages;
  private final PrintStream out;
  private final ExecutorService calls = Executors.newCachedThreadPool();

  /** A menu that is not connected yet. */
  IvrMenu(ClientOptions options, Path messages, PrintStream out) {
    this.messages = messages;
    this.out = out;
    client = Respoke.createClient(options);
    // each call on a thread of its own: the listener returns at once
    client.listen(IncomingCall.class, e -> calls.execute(() -> take(e.call())));
  }

  /** Runs until the process is ended; with {@code --demo} or without a service, plays a story. */
  public static void main(String[] args) throws Exception {
    run(args, System.getenv(), System.out);
  }

  static void run(String[] args, Map<String, String> env, PrintStream out) throws Exception {
    if (List.of(args).contains("--demo") || !env.containsKey("RESPOKE_BASE_URL")) {
      Demo.run(out);
      return;
    }
    try (IvrMenu menu =
        new IvrMenu(options(env, args.length == 0 ? "menu" : args[0]), Path.of("."), out)) {
      Runtime.getRuntime().addShutdownHook(new Thread(menu::close));
      menu.start().toCompletableFuture().join();
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

  private void take(Call call) {
    String caller = call.remoteId();
    say(caller + " calls");
    try (Ivr ivr = Ivr.answer(call)) {
      menu(ivr, caller);
      say(caller + " was heard out");
    } catch (CallEndedException e) {
      say(caller + " hung up");
    } catch (InterruptedException e) {
      say(caller + " was cut off: the menu is closing");
    } catch (RespokeException e) {
      say("no menu for " + caller + ": " + e.getMessage());
    }
  }

  private void menu(Ivr ivr, String caller) throws InterruptedException {
    for (int chances = CHANCES; chances > 0; ) {
      switch (ivr.ask(question(), 1, PATIENCE, '#')) {
        case "1" -> repeatDigits(ivr, caller);
        case "2" -> takeMessage(ivr, caller);
        case "9" -> {
          return;
        }
        default -> {
          ivr.play(Tone.of(WRONG_HERTZ, -14, Duration.ofMillis(400)));
          chances--;
        }
      }
    }
  }

  private void repeatDigits(Ivr ivr, String caller) throws InterruptedException {
    String digits = ivr.ask(question(), 10, PATIENCE, '#');
    say(caller + " entered " + digits);
    ivr.sayDigits(digits.replaceAll("[^0-9]", ""));
  }

  private void takeMessage(Ivr ivr, String caller) throws InterruptedException {
    ivr.play(question());
    Path file = messages.resolve("message-" + ivr.call().id() + ".wav");
    Duration length = ivr.record(file, Duration.ofMinutes(2), "#*");
    say(caller + " left a message of " + length.toSeconds() + " s");
  }

  private static AudioSource question() {
    return Tone.of(QUESTION_HERTZ, -14, Duration.ofMillis(400));
  }

  private void say(String line) {
    out.println("ivr-menu: " + line);
  }

  @Override
  public void close() {
    calls.shutdownNow(); // interrupts the calls under way
    client.close();
  }
}
