package io.respoke.examples.pushpolicyserver;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.Respoke;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the server is told what to do, by the environment: {@code RESPOKE_BASE_URL}, {@code
 * RESPOKE_APP_SECRET}, {@code RESPOKE_WEBHOOK_SECRET}, and if you like {@code QUIET_HOURS} and
 * {@code MUTED}.
 */
final class Settings {
  private Settings() {}

  static void serve(int port, Map<String, String> env, PrintStream out)
      throws IOException, InterruptedException {
    Admin service =
        Respoke.admin(
            AdminOptions.builder()
                .baseUrl(needed(env, "RESPOKE_BASE_URL"))
                .appSecret(needed(env, "RESPOKE_APP_SECRET"))
                .build());
    String secret = needed(env, "RESPOKE_WEBHOOK_SECRET");
    try (PushPolicyServer server =
        new PushPolicyServer(port, secret, service, policy(env), Clock.systemUTC(), out::println)) {
      out.println("listening on " + server.url());
      Thread.currentThread().join();
    }
  }

  /** The hours are those of where this program runs. */
  static PushPolicy policy(Map<String, String> env) {
    String muted = env.getOrDefault("MUTED", "");
    return new PushPolicy(
        Optional.ofNullable(env.get("QUIET_HOURS"))
            .map(hours -> PushPolicy.QuietHours.of(hours, ZoneId.systemDefault())),
        muted.isBlank() ? Set.of() : Set.of(muted.split(",")));
  }

  private static String needed(Map<String, String> env, String name) {
    String value = env.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " must be set");
    }
    return value;
  }
}
