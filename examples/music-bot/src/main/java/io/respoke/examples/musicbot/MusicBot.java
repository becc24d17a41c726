package io.respoke.examples.musicbot;

import io.respoke.AppSecretTokens;
import io.respoke.Call;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.RespokeException;
import io.respoke.RoleRef;
import io.respoke.Tokens;
import io.respoke.event.IncomingCall;
import io.respoke.media.CallEndedException;
import io.respoke.media.Ivr;
import io.respoke.media.WavFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Plays the WAV files of a directory to whoever calls, by name, again and again. Any key goes on to
 * the next one. Files may have any rate and one or two channels.
 */
public final class MusicBot implements AutoCloseable {
  private final Client client;
  private final Path directory;
  private final PrintStream out;
  private final ExecutorService calls = Executors.newCachedThreadPool();

  /** A bot that is not connected yet. */
  MusicBot(ClientOptions options, Path directory, PrintStream out) {
    this.directory = directory;
    this.out = out;
    client = Respoke.createClient(options);
    client.listen(IncomingCall.class, e -> calls.execute(() -> take(e.call())));
  }

  /** Plays the directory in the arguments; without one, or a service, tells a story. */
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
    try (MusicBot bot = new MusicBot(options(env, "music"), Path.of(args[0]), out)) {
      Runtime.getRuntime().addShutdownHook(new Thread(bot::close));
      bot.start().toCompletableFuture().join();
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
    try (Ivr ivr = Ivr.answer(call)) {
      for (List<Path> songs = songs(); !songs.isEmpty(); songs = songs()) {
        for (Path song : songs) {
          say(call.remoteId() + " hears " + song.getFileName());
          ivr.ask(WavFile.open(song), 1, Duration.ZERO, '#'); // a key stops it
        }
      }
      say("there is nothing to play in " + directory);
    } catch (CallEndedException e) {
      say(call.remoteId() + " has hung up");
    } catch (InterruptedException e) {
      say(call.remoteId() + " was cut off: the bot is closing");
    } catch (RespokeException | IOException e) {
      say("no music for " + call.remoteId() + ": " + e.getMessage());
    }
  }

  private List<Path> songs() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
    }
  }

  private void say(String line) {
    out.println("music-bot: " + line);
  }

  @Override
  public void close() {
    calls.shutdownNow(); // interrupts the calls under way
    client.close();
  }
}
