package io.respoke.server;

import io.respoke.service.AppOptions;
import io.respoke.service.HashedPassword;
import io.respoke.service.RateLimit;
import io.respoke.service.ServiceOptions;
import io.respoke.service.TurnOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Reads {@link ServiceOptions} from a properties file. */
final class ServiceProperties {
  static final String HELP =
      String.join(
          System.lineSeparator(),
          "properties:",
          "  host, port",
          "  app.id, app.secret, app.name",
          "  app.developmentMode      true or false; false unless given",
          "  app.permittedDomains     example.com, example.org",
          "  app.historyMaxAge        days until group messages are dropped; never unless given",
          "  app.historyPerGroup      messages to keep of each group; all unless given",
          "  data                     a directory to keep everything in",
          "  jdbc.url, jdbc.user, jdbc.password   a database to keep everything in",
          "  app.webhook.url, app.webhook.secret",
          "  webhooks.timeout         seconds an attempt to deliver an event may take; 10 unless given",
          "  webhooks.allowPrivate    true or false: webhooks on this machine, in private networks",
          "  admin.<user>             the password of an administrator, or its hash by hash-password",
          "  tokenActivationWindow    seconds",
          "  reusableTokens           true or false",
          "  rateLimit                requests a second for each session, or off",
          "  rateBurst                requests at once",
          "  rateLimitPerApp          requests a second of all that is in an app",
          "  rateLimitPerAddress      requests a second without a credential; not for use behind a proxy",
          "  maxConnectionsPerApp",
          "  maxGroupsPerApp",
          "  maxConnectionsPerAddress TCP connections; not for use behind a proxy",
          "  requestTimeout           seconds a request may take to arrive",
          "  drain                    seconds over which clients are sent away at the end; 5 unless given",
          "  log.access, log.audit    files for all requests, for what administrators do; or - to print",
          "  answerTimeout            seconds until an unanswered call ends",
          "  callGrace                seconds until a call ends whose connection is lost",
          "  gateway.did, gateway.sip the endpoint that takes calls to numbers, SIP addresses",
          "  stunUri",
          "  turn.secret, turn.uris   a TURN server with a shared secret",
          "  metrics                  open: anybody may read /metrics",
          "  metrics.token            who shows this as a bearer token may",
          "  tls.certificate, tls.key two PEM files",
          "  tls.keyStore, tls.password");

  /** Every property but those of administrators. */
  static final List<String> NAMES =
      List.of(
          "host",
          "port",
          "app.id",
          "app.secret",
          "app.name",
          "app.developmentMode",
          "app.permittedDomains",
          "app.historyMaxAge",
          "app.historyPerGroup",
          "webhooks.allowPrivate",
          "webhooks.timeout",
          "app.webhook.url",
          "app.webhook.secret",
          "data",
          "jdbc.url",
          "jdbc.user",
          "jdbc.password",
          "tokenActivationWindow",
          "reusableTokens",
          "rateLimit",
          "rateBurst",
          "rateLimitPerApp",
          "rateLimitPerAddress",
          "drain",
          "log.access",
          "log.audit",
          "maxConnectionsPerApp",
          "maxGroupsPerApp",
          "maxConnectionsPerAddress",
          "requestTimeout",
          "answerTimeout",
          "callGrace",
          "gateway.did",
          "gateway.sip",
          "stunUri",
          "turn.secret",
          "turn.uris",
          "metrics",
          "metrics.token",
          "tls.certificate",
          "tls.key",
          "tls.keyStore",
          "tls.password");

  private static final String ADMIN = "admin.";
  private static final int DRAIN_SECONDS = 5;

  private ServiceProperties() {}

  /**
   * Sets the options that are given; says whether there is an app.
   *
   * @throws IllegalArgumentException for an unknown name or a bad value
   */
  static boolean apply(Properties properties, ServiceOptions.Builder options) {
    AppOptions.Builder app = AppOptions.builder().developmentMode(false);
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name).strip();
      if (name.startsWith(ADMIN)) {
        administrator(name, value, options);
        continue;
      }
      switch (name) {
        case "host" -> options.host(value);
        case "port" -> options.port(number(name, value));
        case "app.id" -> app.id(value);
        case "app.secret" -> app.secret(value);
        case "app.name" -> app.name(value);
        case "app.developmentMode" -> app.developmentMode(flag(name, value));
        case "app.permittedDomains" -> app.permittedDomains(list(value));
        case "app.historyMaxAge" -> app.historyMaxAge(Duration.ofDays(number(name, value)));
        case "app.historyPerGroup" -> app.historyPerGroup(number(name, value));
        case "tokenActivationWindow" ->
            options.tokenActivationWindow(Duration.ofSeconds(number(name, value)));
        case "reusableTokens" -> options.reusableTokens(flag(name, value));
        case "metrics" -> {
          if (!value.equals("open")) {
            throw new IllegalArgumentException("metrics must be open, got " + value);
          }
          options.openMetrics();
        }
        case "metrics.token" -> options.metrics(value);
        case "maxConnectionsPerAddress" -> options.maxConnectionsPerAddress(number(name, value));
        case "requestTimeout" -> options.requestTimeout(Duration.ofSeconds(number(name, value)));
        case "maxConnectionsPerApp" -> options.maxConnectionsPerApp(number(name, value));
        case "maxGroupsPerApp" -> options.maxGroupsPerApp(number(name, value));
        case "answerTimeout" -> options.answerTimeout(Duration.ofSeconds(number(name, value)));
        case "callGrace" -> options.callGrace(Duration.ofSeconds(number(name, value)));
        case "gateway.did", "gateway.sip" ->
            options.gateway(name.substring("gateway.".length()), value);
        case "webhooks.timeout" -> options.webhookTimeout(Duration.ofSeconds(number(name, value)));
        case "webhooks.allowPrivate" -> options.privateWebhooks(flag(name, value));
        case "rateLimitPerApp" -> options.rateLimitPerApp(rate(number(name, value)));
        case "rateLimitPerAddress" -> options.rateLimitPerAddress(rate(number(name, value)));
        case "stunUri" -> options.stunUri(value);
        case "rateLimit",
            "rateBurst",
            "drain",
            "log.access",
            "log.audit",
            "data",
            "jdbc.url",
            "jdbc.user",
            "jdbc.password",
            "app.webhook.url",
            "app.webhook.secret",
            "turn.secret",
            "turn.uris",
            "tls.certificate",
            "tls.key",
            "tls.keyStore",
            "tls.password" -> {}
        default -> throw new IllegalArgumentException("unknown property " + name);
      }
    }
    pairs(properties, options);
    webhook(properties, app);
    if (both(
        "app.id",
        properties.getProperty("app.id"),
        "app.secret",
        properties.getProperty("app.secret"))) {
      options.app(app.build());
      return true;
    }
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith("app.")) {
        throw new IllegalArgumentException(name + " is of no app: give app.id and app.secret too");
      }
    }
    return false;
  }

  /** Whether an administrator is configured. */
  static boolean administrator(Properties properties) {
    return properties.stringPropertyNames().stream().anyMatch(name -> name.startsWith(ADMIN));
  }

  /** What begins as a hash does is one; a password cannot. */
  private static void administrator(String property, String value, ServiceOptions.Builder options) {
    String name = property.substring(ADMIN.length());
    if (!HashedPassword.isHash(value)) {
      options.adminUser(name, value);
      return;
    }
    try {
      options.adminUser(name, HashedPassword.parse(value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          property + ": " + e.getMessage() + "; take it from " + HashPassword.NAME + " as it is",
          e);
    }
  }

  /** How it is run. */
  static Operation operation(Properties properties) {
    return new Operation(
        drain(properties), log("log.access", properties), log("log.audit", properties));
  }

  private static Duration drain(Properties properties) {
    String value = stripped(properties, "drain");
    int seconds = value == null ? DRAIN_SECONDS : number("drain", value);
    if (seconds < 0) {
      throw new IllegalArgumentException("drain must not be negative, got " + value);
    }
    return Duration.ofSeconds(seconds);
  }

  private static @Nullable String log(String name, Properties properties) {
    String value = stripped(properties, name);
    if (value != null && value.isEmpty()) {
      throw new IllegalArgumentException(name + " needs a file, or - for standard output");
    }
    return value;
  }

  private static RateLimit rate(int perSecond) {
    return new RateLimit(perSecond, 2 * perSecond);
  }

  /** Where the data is to be kept. */
  static Database database(Properties properties) {
    return new Database(
        false,
        stripped(properties, "data"),
        stripped(properties, "jdbc.url"),
        stripped(properties, "jdbc.user"),
        stripped(properties, "jdbc.password"));
  }

  private static @Nullable String stripped(Properties properties, String name) {
    String value = properties.getProperty(name);
    return value == null ? null : value.strip();
  }

  private static void webhook(Properties properties, AppOptions.Builder app) {
    String url = properties.getProperty("app.webhook.url");
    String secret = properties.getProperty("app.webhook.secret");
    if (both("app.webhook.url", url, "app.webhook.secret", secret)
        && url != null
        && secret != null) {
      app.webhook(url.strip(), secret.strip());
    }
  }

  private static void pairs(Properties properties, ServiceOptions.Builder options) {
    String rate = properties.getProperty("rateLimit");
    if (rate != null && rate.strip().equals("off")) {
      options.noRateLimit();
    } else if (rate != null) {
      int perSecond = number("rateLimit", rate.strip());
      String burst = properties.getProperty("rateBurst");
      options.rateLimit(
          new RateLimit(
              perSecond, burst == null ? 2 * perSecond : number("rateBurst", burst.strip())));
    }
    String secret = properties.getProperty("turn.secret");
    String uris = properties.getProperty("turn.uris");
    if (both("turn.secret", secret, "turn.uris", uris) && secret != null && uris != null) {
      options.turn(new TurnOptions(secret, list(uris).toArray(String[]::new)));
    }
    String certificate = properties.getProperty("tls.certificate");
    String key = properties.getProperty("tls.key");
    if (both("tls.certificate", certificate, "tls.key", key)
        && certificate != null
        && key != null) {
      options.tls(Path.of(certificate), Path.of(key));
    }
    String store = properties.getProperty("tls.keyStore");
    String password = properties.getProperty("tls.password");
    if (both("tls.keyStore", store, "tls.password", password)
        && store != null
        && password != null) {
      options.tlsKeyStore(Path.of(store), password);
    }
  }

  private static boolean both(
      String name, @Nullable String value, String otherName, @Nullable String other) {
    if ((value == null) != (other == null)) {
      throw new IllegalArgumentException(name + " and " + otherName + " go together");
    }
    return value != null;
  }

  static int number(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number, got " + value, e);
    }
  }

  private static boolean flag(String name, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(name + " must be true or false, got " + value);
    };
  }

  private static List<String> list(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }
}
