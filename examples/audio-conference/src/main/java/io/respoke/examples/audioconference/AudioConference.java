package io.respoke.examples.audioconference;

import io.respoke.AddressType;
import io.respoke.AppSecretTokens;
import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.HostedConference;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.Tokens;
import io.respoke.event.CallEnded;
import io.respoke.event.IncomingCall;
import io.respoke.media.AudioMixer;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Hosts a conference: answers whoever calls it, and lets each hear all others and not itself. One
 * mixer for one conference; a host of several has a mixer for each.
 */
public final class AudioConference implements AutoCloseable {
  private final Client client;
  private final String conferenceId;
  private final AudioMixer mixer = new AudioMixer();
  private final PrintStream out;

  /** A host that is not connected yet. */
  AudioConference(ClientOptions options, String conferenceId, PrintStream out) {
    this.conferenceId = conferenceId;
    this.out = out;
    client = Respoke.createClient(options);
    client.listen(IncomingCall.class, e -> take(e.call()));
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
    String id = args.length == 0 ? "room" : args[0];
    try (AudioConference conference = new AudioConference(options(env, "host"), id, out)) {
      Runtime.getRuntime().addShutdownHook(new Thread(conference::close));
      conference.start().toCompletableFuture().join();
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

  /** Connects and becomes the host; after a drop the client does so again by itself. */
  CompletionStage<HostedConference> start() {
    return client
        .connect()
        .thenCompose(connected -> connected.hostConference(conferenceId))
        .whenComplete(
            (hosted, failure) -> {
              if (failure == null) {
                say("hosting " + conferenceId);
              }
            });
  }

  private void take(Call call) {
    if (call.calledType() != AddressType.CONFERENCE || !call.calledId().equals(conferenceId)) {
      call.reject("this endpoint only hosts " + conferenceId);
      return;
    }
    AudioMixer.Participant participant = mixer.join();
    call.answer(
            CallOptions.builder()
                .video(false)
                .microphone(participant.microphone())
                .speaker(participant.speaker())
                .on(CallEnded.class, e -> say(call.remoteId() + " has left: " + e.reason()))
                .build())
        .whenComplete(
            (connected, failure) -> {
              if (failure == null) {
                say(call.remoteId() + " takes part");
              } else {
                participant.close(); // nothing else does, if its media was never opened
              }
            });
  }

  private void say(String line) {
    out.println("audio-conference: " + line);
  }

  @Override
  public void close() {
    client.close();
  }
}
