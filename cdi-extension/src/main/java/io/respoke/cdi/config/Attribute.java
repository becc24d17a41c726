package io.respoke.cdi.config;

import io.respoke.OverflowPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A setting that properties can give: its name, what it may be, and where its value goes.
 *
 * @param name as in the options' builder; a name that ends with a dot takes a name of its own after
 *     it
 * @param allowed what it may be, in words
 * @param secret whether its value is never shown
 * @param scope whom it is for
 * @param set takes the name after the dot (else empty) and the value
 */
record Attribute(String name, String allowed, boolean secret, Scope scope, Setter set) {
  /** Whom a setting is for. */
  enum Scope {
    CLIENT,
    ADMIN,
    BOTH
  }

  /** Takes a value, and throws an {@link IllegalArgumentException} if it is not valid. */
  @FunctionalInterface
  interface Setter {
    void set(Draft draft, String name, String value);
  }

  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h)");
  private static final String TEXT = "any text";
  private static final String DURATION = "a duration such as 10s, 500ms, 2m or PT10S";
  private static final String FLAG = "true or false";
  private static final String COUNT = "a whole number, 1 or more";

  /** All of them. */
  static final List<Attribute> ALL =
      List.of(
          text(
              "baseUrl",
              "a URL such as https://host[:port][/path]",
              Scope.BOTH,
              true,
              (d, v) -> {
                d.client.baseUrl(v).build();
                d.admin.baseUrl(v);
              }),
          text(
              "appId",
              TEXT,
              Scope.BOTH,
              false,
              (d, v) -> {
                d.appId = v;
                d.client.appId(v);
                d.admin.appId(v);
              }),
          text("endpointId", TEXT, Scope.CLIENT, false, (d, v) -> d.client.endpointId(v)),
          text("token", TEXT, Scope.CLIENT, true, (d, v) -> d.token = v),
          text(
              "tokenProvider",
              "the name of a token provider plug-in",
              Scope.CLIENT,
              false,
              (d, v) -> d.tokenProvider = v),
          named("tokenProviderSettings.", true, (d, n, v) -> d.tokenProviderSettings.put(n, v)),
          text(
              "brokerUrl",
              "an http or https URL",
              Scope.CLIENT,
              true,
              (d, v) -> d.brokerUrl = url(v)),
          text(
              "appSecret",
              TEXT,
              Scope.BOTH,
              true,
              (d, v) -> {
                d.appSecret = v;
                d.admin.appSecret(v);
              }),
          text("roleId", TEXT, Scope.CLIENT, false, (d, v) -> d.roleId = v),
          text("roleName", TEXT, Scope.CLIENT, false, (d, v) -> d.roleName = v),
          duration("ttl", Scope.CLIENT, (d, v) -> d.ttl = v),
          text("adminToken", TEXT, Scope.ADMIN, true, (d, v) -> d.admin.adminToken(v)),
          text("presence", TEXT, Scope.CLIENT, false, (d, v) -> d.client.presence(v)),
          flag(
              "developmentMode",
              (d, v) -> {
                d.developmentMode = v;
                d.client.developmentMode(v);
              }),
          flag("reconnect", (d, v) -> d.client.reconnect(v)),
          duration("reconnectPolicy.initial", Scope.CLIENT, (d, v) -> d.initial = v),
          text(
              "reconnectPolicy.factor",
              "a number, 1 or more",
              Scope.CLIENT,
              false,
              (d, v) -> d.factor = factor(v)),
          duration("reconnectPolicy.cap", Scope.CLIENT, (d, v) -> d.cap = v),
          flag("reconnectPolicy.jitter", (d, v) -> d.jitter = v),
          number("reconnectPolicy.maxAttempts", (d, v) -> d.maxAttempts = v),
          duration("reconnectPolicy.maxElapsed", Scope.CLIENT, (d, v) -> d.maxElapsed = v),
          flag("enableCallDebugReport", (d, v) -> d.client.enableCallDebugReport(v)),
          duration("connectTimeout", Scope.CLIENT, (d, v) -> d.client.connectTimeout(v)),
          duration(
              "requestTimeout",
              Scope.BOTH,
              (d, v) -> {
                d.client.requestTimeout(v);
                d.admin.requestTimeout(v);
              }),
          duration("tokenTimeout", Scope.CLIENT, (d, v) -> d.client.tokenTimeout(v)),
          duration("closeTimeout", Scope.CLIENT, (d, v) -> d.client.closeTimeout(v)),
          text("instanceId", TEXT, Scope.CLIENT, false, (d, v) -> d.client.instanceId(v)),
          named("attribute.", false, (d, n, v) -> d.client.attribute(n, v)),
          named("header.", true, (d, n, v) -> d.client.header(n, v)),
          text(
              "proxy.host",
              "a host's name or address",
              Scope.BOTH,
              false,
              (d, v) -> d.proxyHost = v),
          text(
              "proxy.port",
              "a number from 1 to 65535",
              Scope.BOTH,
              false,
              (d, v) -> d.proxyPort = port(v)),
          text("proxy.authorization", TEXT, Scope.BOTH, true, (d, v) -> d.proxyAuthorization = v),
          flag("virtualThreads", (d, v) -> d.client.virtualThreads(v)),
          text(
              "transport",
              "the name of a transport plug-in",
              Scope.CLIENT,
              false,
              (d, v) -> d.client.transport(v)),
          text(
              "mediaBackend",
              "the name of a media backend plug-in",
              Scope.CLIENT,
              false,
              (d, v) -> d.client.mediaBackend(v)),
          duration("ringTimeout", Scope.CLIENT, (d, v) -> d.client.ringTimeout(v)),
          duration("mediaConnectTimeout", Scope.CLIENT, (d, v) -> d.client.mediaConnectTimeout(v)),
          flag("rejectUnhandledCalls", (d, v) -> d.client.rejectUnhandledCalls(v)),
          number("outboundLimit", (d, v) -> d.client.outboundLimit(v)),
          number("inboundLimit", (d, v) -> d.client.inboundLimit(v)),
          choice("overflowPolicy", OverflowPolicy.class, (d, v) -> d.client.overflowPolicy(v)),
          number("maxMessageSize", (d, v) -> d.client.maxMessageSize(v)),
          text(
              "backfillLimit",
              "a whole number from 0 to 1000",
              Scope.CLIENT,
              false,
              (d, v) -> d.client.backfillLimit(whole(v))),
          choice("connect", ConnectMode.class, (d, v) -> d.connect = v),
          flag("connectRequired", (d, v) -> d.connectRequired = v));

  /** By name without regard to case, dashes, underscores and dots. */
  static final Map<String, Attribute> BY_SIMPLE_NAME =
      ALL.stream().collect(Collectors.toMap(a -> simple(a.name), Function.identity()));

  /** A name as it is compared: {@code base-url}, {@code baseUrl} and {@code BASE_URL} are one. */
  static String simple(String name) {
    return name.replaceAll("[-_.]", "").toLowerCase(Locale.ROOT);
  }

  boolean takesName() {
    return name.endsWith(".");
  }

  private static Attribute text(
      String name, String allowed, Scope scope, boolean secret, BiConsumer<Draft, String> set) {
    return new Attribute(name, allowed, secret, scope, (d, n, v) -> set.accept(d, v));
  }

  private static Attribute named(String name, boolean secret, Setter set) {
    return new Attribute(name, TEXT, secret, Scope.CLIENT, set);
  }

  private static Attribute flag(String name, BiConsumer<Draft, Boolean> set) {
    return new Attribute(name, FLAG, false, Scope.CLIENT, (d, n, v) -> set.accept(d, truth(v)));
  }

  private static Attribute number(String name, BiConsumer<Draft, Integer> set) {
    return new Attribute(
        name, COUNT, false, Scope.CLIENT, (d, n, v) -> set.accept(d, positive(whole(v))));
  }

  private static Attribute duration(String name, Scope scope, BiConsumer<Draft, Duration> set) {
    return new Attribute(name, DURATION, false, scope, (d, n, v) -> set.accept(d, length(v)));
  }

  private static <T extends Enum<T>> Attribute choice(
      String name, Class<T> type, BiConsumer<Draft, T> set) {
    String allowed =
        "one of "
            + Stream.of(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    return new Attribute(
        name,
        allowed,
        false,
        Scope.CLIENT,
        (d, n, v) ->
            set.accept(d, Enum.valueOf(type, v.toUpperCase(Locale.ROOT).replace('-', '_'))));
  }

  private static boolean truth(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static int whole(String value) {
    return Integer.parseInt(value);
  }

  private static int positive(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("less than 1");
    }
    return value;
  }

  private static int port(String value) {
    int port = whole(value);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("no port");
    }
    return port;
  }

  private static double factor(String value) {
    double factor = Double.parseDouble(value);
    if (!(factor >= 1)) {
      throw new IllegalArgumentException("less than 1");
    }
    return factor;
  }

  private static URI url(String value) {
    URI url = URI.create(value);
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException("neither http nor https");
    }
    return url;
  }

  private static Duration length(String value) {
    Matcher matcher = SHORT_DURATION.matcher(value.toLowerCase(Locale.ROOT));
    Duration duration;
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      duration =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
          };
    } else {
      try {
        duration = Duration.parse(value);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("no duration", e);
      }
    }
    if (duration.isNegative()) {
      throw new IllegalArgumentException("negative");
    }
    return duration;
  }
}
