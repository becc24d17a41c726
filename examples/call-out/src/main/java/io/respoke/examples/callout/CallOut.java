package io.respoke.examples.callout;

import io.respoke.AppSecretTokens;
import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.HangupReason;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.Tokens;
import io.respoke.event.CallProgressed;
import io.respoke.media.CallEndedException;
import io.respoke.media.Ivr;
import io.respoke.media.Tone;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Calls a phone number or a SIP address, plays an announcement, asks for a key to confirm, and says
 * how it went. Which endpoint carries such calls on to the telephone network is the service's
 * configuration: its gateways.
 */
public final class CallOut {
  /** The announcement: two high tones. A real one is a recording. */
  static final double ANNOUNCEMENT_HERTZ = 1_200;

  private final Client client;
  private final PrintStream out;

  /** For a connected client. */
  CallOut(Client client, PrintStream out) {
    this.client = client;
    this.out = out;
  }

  /** Calls the number or address in the arguments; without one, or a service, plays a story. */
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
    try (Client client =
        Respoke.connect(options(env, "announcer"))
            .toCompletableFuture()
            .orTimeout(30, TimeUnit.SECONDS)
            .join()) {
      new CallOut(client, out).announce(args[0]);
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

  /** Starts the call: what has digits only, after a plus, is a number; the rest is for SIP. */
  Call start(String address, CallOptions options) {
    CallOptions watched =
        options.toBuilder().on(CallProgressed.class, e -> say(address + ": " + e.status())).build();
    return address.matches("\\+?[0-9]+")
        ? client.startPhoneCall(address, watched)
        : client.startSipCall(address, watched);
  }

  /**
   * Calls and announces. Blocks until it is over.
   *
   * @return whether it was confirmed
   */
  boolean announce(String address) throws InterruptedException {
    try (Ivr call = Ivr.dial(options -> start(address, options))) {
      say(address + " answers");
      for (int attempt = 0; attempt < 3; attempt++) {
        String key =
            call.ask(
                Tone.of(ANNOUNCEMENT_HERTZ, -14, Duration.ofSeconds(1)),
                1,
                Duration.ofSeconds(5),
                '#');
        if (key.equals("1")) {
          say(address + " has confirmed");
          return true;
        }
      }
      say(address + " has not confirmed");
    } catch (CallEndedException e) {
      say(address + ": " + words(e.hangupReason().orElse(HangupReason.MEDIA_FAILED)));
    }
    return false;
  }

  /** What an end means to whoever wanted the call. */
  static String words(HangupReason reason) {
    return switch (reason) {
      case BUSY -> "busy, try later";
      case NO_ANSWER -> "nobody answers";
      case UNAVAILABLE -> "cannot be reached";
      case INCOMPLETE_ADDRESS -> "the number is not complete";
      case REMOTE_HANGUP -> "hung up";
      default -> "failed: " + reason;
    };
  }

  private void say(String line) {
    out.println("call-out: " + line);
  }
}
