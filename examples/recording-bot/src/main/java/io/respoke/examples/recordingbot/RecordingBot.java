package io.respoke.examples.recordingbot;

import io.respoke.AppSecretTokens;
import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.RespokeException;
import io.respoke.RoleRef;
import io.respoke.Tokens;
import io.respoke.event.CallEnded;
import io.respoke.event.IncomingCall;
import io.respoke.media.MediaKind;
import io.respoke.media.WavRecorder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Records whoever calls: the sound as a WAV file, the picture every five seconds as a PNG. When the
 * call is over it tells the caller by a message how long the recording is.
 */
public final class RecordingBot implements AutoCloseable {
  private final Client client;
  private final Path directory;
  private final PrintStream out;

  /** A bot that is not connected yet. */
  RecordingBot(ClientOptions options, Path directory, PrintStream out) {
    this.directory = directory;
    this.out = out;
    client = Respoke.createClient(options);
    client.listen(IncomingCall.class, e -> take(e.call()));
  }

  /** Records into the directory in the arguments; without one, or a service, tells a story. */
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
    try (RecordingBot bot = new RecordingBot(options(env, "recorder"), Path.of(args[0]), out)) {
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
    Path file = directory.resolve(call.id() + ".wav");
    WavRecorder recorder;
    try {
      recorder = WavRecorder.create(file);
    } catch (RespokeException e) {
      say(String.valueOf(e.getMessage()));
      call.reject("recording is not possible");
      return;
    }
    CallOptions.Builder options =
        CallOptions.builder()
            .speaker(recorder)
            .on(CallEnded.class, e -> finish(call, recorder, file));
    if (call.isOffered(MediaKind.VIDEO)) {
      options.display(new Snapshots(directory, call.id(), this::say));
    }
    call.answer(options.build())
        .whenComplete(
            (connected, failure) ->
                say(
                    failure == null
                        ? "recording " + call.remoteId()
                        : "cannot record " + call.remoteId() + ": " + failure.getMessage()));
  }

  private void finish(Call call, WavRecorder recorder, Path file) {
    try {
      recorder.close(); // the call does so too, a little later or earlier
      String told = "recorded " + recorder.duration().toSeconds() + " s";
      say(told + " of " + call.remoteId() + " in " + file.getFileName());
      client
          .sendMessage(call.remoteId(), told)
          .exceptionally(
              failure -> {
                say(call.remoteId() + " cannot be told: " + failure.getMessage());
                return null;
              });
    } catch (RespokeException e) {
      say(String.valueOf(e.getMessage()));
    }
  }

  private void say(String line) {
    out.println("recording-bot: " + line);
  }

  @Override
  public void close() {
    client.close();
  }
}
