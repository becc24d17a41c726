package io.respoke.examples.tokenbroker;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * How the broker is told where things are, by the environment: {@code RESPOKE_BASE_URL}, {@code
 * RESPOKE_APP_SECRET}, {@code RESPOKE_ROLE}, {@code BROKER_HOST}, {@code BROKER_PORT}, {@code
 * BROKER_USERS}, {@code BROKER_ORIGINS}. Without a service it starts one in this JVM, with two
 * users.
 */
final class Settings {
  static final String DEMO_USERS = "ada:lovelace,grace:hopper";

  private Settings() {}

  static void run(String[] args, Map<String, String> env, PrintStream out) {
    if (List.of(args).contains("--demo")) {
      Demo.run(out);
    } else if (env.containsKey("RESPOKE_BASE_URL")) {
      try (TokenBroker broker = broker(env, out)) {
        serve(broker, out);
      }
    } else {
      try (RespokeService service = RespokeService.start(ServiceOptions.defaults());
          TokenBroker broker = broker(with(service, env), out)) {
        out.println("broker: the service is " + service.baseUrl() + ", users are " + DEMO_USERS);
        serve(broker, out);
      }
    }
  }

  private static void serve(TokenBroker broker, PrintStream out) {
    out.println("broker: open " + broker.url() + " or post to " + broker.url() + "api/tokens");
    try {
      new CountDownLatch(1).await(); // until the process is ended
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Map<String, String> with(RespokeService service, Map<String, String> env) {
    return Map.of(
        "RESPOKE_BASE_URL", service.baseUrl().toString(),
        "RESPOKE_APP_SECRET", service.app().secret(),
        "BROKER_USERS", env.getOrDefault("BROKER_USERS", DEMO_USERS),
        "BROKER_ORIGINS", env.getOrDefault("BROKER_ORIGINS", ""),
        "BROKER_PORT", env.getOrDefault("BROKER_PORT", "8090"));
  }

  static TokenBroker broker(Map<String, String> env, PrintStream out) {
    String serviceUrl = env.getOrDefault("RESPOKE_BASE_URL", ClientOptions.DEFAULT_BASE_URL);
    String role = env.get("RESPOKE_ROLE");
    Admin admin =
        Respoke.admin(
            AdminOptions.builder()
                .baseUrl(serviceUrl)
                .appSecret(env.getOrDefault("RESPOKE_APP_SECRET", ""))
                .requestTimeout(Duration.ofSeconds(5))
                .build());
    return new TokenBroker(
        new InetSocketAddress(
            env.getOrDefault("BROKER_HOST", "127.0.0.1"),
            Integer.parseInt(env.getOrDefault("BROKER_PORT", "8090"))),
        admin,
        serviceUrl,
        Logins.of(env.getOrDefault("BROKER_USERS", "")),
        TokenPolicy.ownName(role == null ? RoleRef.appDefault() : RoleRef.name(role)),
        new HashSet<>(List.of(env.getOrDefault("BROKER_ORIGINS", "").split(",", -1))),
        out);
  }
}
