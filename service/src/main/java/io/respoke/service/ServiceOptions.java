package io.respoke.service;

import io.respoke.service.edge.MetricsAccess;
import io.respoke.service.storage.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a {@link RespokeService} behaves. Immutable. */
public final class ServiceOptions {
  /** Where the certificate comes from. */
  sealed interface Tls {
    /** Two PEM files. */
    record Pem(Path certificate, Path key) implements Tls {}

    /** A PKCS#12 or JKS key store. */
    record KeyStore(Path path, String password) implements Tls {
      /** Without the password. */
      @Override
      public String toString() {
        return "KeyStore[path=" + path + "]";
      }
    }
  }

  private final Builder values;

  private ServiceOptions(Builder values) {
    this.values = values;
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A service on any free port of 127.0.0.1 with one app in development mode. */
  public static ServiceOptions defaults() {
    return builder().build();
  }

  String host() {
    return values.host;
  }

  int port() {
    return values.port;
  }

  List<AppOptions> apps() {
    return values.apps;
  }

  boolean developmentApp() {
    return values.developmentApp;
  }

  Duration tokenActivationWindow() {
    return values.tokenActivationWindow;
  }

  boolean reusableTokens() {
    return values.reusableTokens;
  }

  @Nullable RateLimit rateLimit() {
    return values.rateLimit;
  }

  @Nullable RateLimit rateLimitPerApp() {
    return values.rateLimitPerApp;
  }

  @Nullable RateLimit rateLimitPerAddress() {
    return values.rateLimitPerAddress;
  }

  RequestLog requestLog() {
    return values.requestLog;
  }

  Duration heartbeatInterval() {
    return values.heartbeatInterval;
  }

  Duration heartbeatTimeout() {
    return values.heartbeatTimeout;
  }

  Duration closeTimeout() {
    return values.closeTimeout;
  }

  Duration logoutGrace() {
    return values.logoutGrace;
  }

  Duration observerRetention() {
    return values.observerRetention;
  }

  Duration answerTimeout() {
    return values.answerTimeout;
  }

  Duration callGrace() {
    return values.callGrace;
  }

  Map<String, String> gateways() {
    return values.gateways;
  }

  @Nullable TurnOptions turn() {
    return values.turn;
  }

  @Nullable String stunUri() {
    return values.stunUri;
  }

  Map<String, String> adminUsers() {
    return values.adminUsers;
  }

  Map<String, String> adminHashes() {
    return values.adminHashes;
  }

  @Nullable Storage storage() {
    return values.storage;
  }

  HistoryLimits historyLimits() {
    return values.historyLimits;
  }

  int maxConnectionsPerApp() {
    return values.maxConnectionsPerApp;
  }

  int maxGroupsPerApp() {
    return values.maxGroupsPerApp;
  }

  Duration requestTimeout() {
    return values.requestTimeout;
  }

  int maxConnectionsPerAddress() {
    return values.maxConnectionsPerAddress;
  }

  MetricsAccess metrics() {
    return values.metrics;
  }

  int outboundLimit() {
    return values.outboundLimit;
  }

  @Nullable ServiceClock clock() {
    return values.clock;
  }

  @Nullable Tls tls() {
    return values.tls;
  }

  PushSender pushSender() {
    return values.pushSender;
  }

  Duration webhookTimeout() {
    return values.webhookTimeout;
  }

  boolean privateWebhooks() {
    return values.privateWebhooks;
  }

  @Nullable StaticPages console() {
    return values.console;
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "ServiceOptions[host="
        + values.host
        + ", port="
        + values.port
        + ", apps="
        + values.apps
        + "]";
  }

  /** Collects the options. Not thread-safe. */
  public static final class Builder {
    private String host = "127.0.0.1";
    private int port;
    private List<AppOptions> apps = new ArrayList<>();
    private boolean developmentApp = true;
    private Duration tokenActivationWindow = Duration.ofMinutes(10);
    private boolean reusableTokens;
    private @Nullable RateLimit rateLimit = RateLimit.DEFAULT;
    private @Nullable RateLimit rateLimitPerApp;
    private @Nullable RateLimit rateLimitPerAddress;
    private RequestLog requestLog = RequestLog.none();
    private Duration heartbeatInterval = Duration.ofSeconds(25);
    private Duration heartbeatTimeout = Duration.ofSeconds(60);
    private Duration closeTimeout = Duration.ofSeconds(60);
    private Duration logoutGrace = Duration.ofSeconds(5);
    private Duration observerRetention = Duration.ofMinutes(10);
    private Duration answerTimeout = Duration.ofSeconds(90);
    private Duration callGrace = Duration.ofSeconds(10);
    private Map<String, String> gateways = new LinkedHashMap<>();
    private @Nullable TurnOptions turn;
    private @Nullable String stunUri;
    private Map<String, String> adminUsers = new LinkedHashMap<>();
    private Map<String, String> adminHashes = new LinkedHashMap<>();
    private HistoryLimits historyLimits = HistoryLimits.DEFAULT;
    private int maxConnectionsPerApp;
    private int maxGroupsPerApp;
    private Duration requestTimeout = Duration.ofSeconds(20);
    private int maxConnectionsPerAddress;
    private MetricsAccess metrics = MetricsAccess.NOBODY;
    private int outboundLimit = 4 * 1024 * 1024;
    private @Nullable Storage storage;
    private @Nullable ServiceClock clock;
    private @Nullable Tls tls;
    private @Nullable StaticPages console;
    private boolean privateWebhooks;
    private Duration webhookTimeout = Duration.ofSeconds(10);
    private PushSender pushSender = PushSender.log();

    private Builder() {}

    /** The address to bind to. Default: {@code 127.0.0.1}, which only this machine can reach. */
    public Builder host(String value) {
      if (value.isBlank()) {
        throw new IllegalArgumentException("host must not be blank");
      }
      host = value;
      return this;
    }

    /** The port. Default: 0, any that is free. */
    public Builder port(int value) {
      if (value < 0 || value > 65_535) {
        throw new IllegalArgumentException("port must be in 0..65535, got " + value);
      }
      port = value;
      return this;
    }

    /**
     * Adds an app. Default: one in development mode, when none is added and the storage has none.
     *
     * @see #noDevelopmentApp
     */
    public Builder app(AppOptions value) {
      apps.add(value);
      return this;
    }

    /**
     * Makes no app when none is added here and the storage has none: an administrator creates the
     * first one. Default: an app in development mode is made then.
     */
    public Builder noDevelopmentApp() {
      developmentApp = false;
      return this;
    }

    /** How long a new token may wait for its first exchange. Default: 10 minutes. */
    public Builder tokenActivationWindow(Duration value) {
      tokenActivationWindow = positive("tokenActivationWindow", value);
      return this;
    }

    /**
     * Whether a token may be exchanged again until it expires. Default: false. Brokered respoke.js
     * with {@code reconnect: true} needs it, because it asks for no new token (protocol-wire R-20).
     */
    public Builder reusableTokens(boolean value) {
      reusableTokens = value;
      return this;
    }

    /** How many requests a session token may make. Default: {@link RateLimit#DEFAULT}. */
    public Builder rateLimit(RateLimit value) {
      rateLimit = value;
      return this;
    }

    /** No limit. */
    public Builder noRateLimit() {
      rateLimit = null;
      return this;
    }

    /**
     * How many requests an app may make, those of all its endpoints and of its own servers taken
     * together. Default: no limit.
     */
    public Builder rateLimitPerApp(RateLimit value) {
      rateLimitPerApp = Objects.requireNonNull(value, "rateLimitPerApp");
      return this;
    }

    /**
     * How many requests and handshakes an address may make without a credential that holds: to make
     * and exchange tokens, and to guess. Default: no limit, because behind a proxy all clients have
     * its address.
     */
    public Builder rateLimitPerAddress(RateLimit value) {
      rateLimitPerAddress = Objects.requireNonNull(value, "rateLimitPerAddress");
      return this;
    }

    /** Where answered requests are told. Default: {@link RequestLog#none}. */
    public Builder requestLog(RequestLog value) {
      requestLog = Objects.requireNonNull(value, "requestLog");
      return this;
    }

    /** The pause between a client's heartbeat and the service's next one. Default: 25 s. */
    public Builder heartbeatInterval(Duration value) {
      heartbeatInterval = positive("heartbeatInterval", value);
      return this;
    }

    /**
     * How long a client may take to answer a heartbeat. Default: 60 s. Clients are told; real ones
     * need two digits, so 10 to 99 seconds suit them (protocol-wire R-4).
     */
    public Builder heartbeatTimeout(Duration value) {
      heartbeatTimeout = positive("heartbeatTimeout", value);
      return this;
    }

    /** How long a handshake waits for its WebSocket. Default: 60 s. Clients are told. */
    public Builder closeTimeout(Duration value) {
      closeTimeout = positive("closeTimeout", value);
      return this;
    }

    /**
     * How long a socket stays open after its client has logged out. Default and least for
     * respoke.js: 5 s, else it takes its own log-out for a lost connection (protocol-wire R-7).
     */
    public Builder logoutGrace(Duration value) {
      logoutGrace = positive("logoutGrace", value);
      return this;
    }

    /** How long the observers of a lost endpoint are kept. Default: 10 minutes. */
    public Builder observerRetention(Duration value) {
      observerRetention = positive("observerRetention", value);
      return this;
    }

    /**
     * How long a call may go without an answer before the service ends it on both sides. Default:
     * 90 s, which is longer than any client rings: respoke.js would let an unanswered call ring for
     * ever. The service looks once a second.
     */
    public Builder answerTimeout(Duration value) {
      answerTimeout = positive("answerTimeout", value);
      return this;
    }

    /**
     * How long a connection that takes part in a call may be gone before the service ends the call
     * for the other side. Default: 10 s. A signal of the session over a new connection of the same
     * endpoint keeps the call.
     */
    public Builder callGrace(Duration value) {
      callGrace = positive("callGrace", value);
      return this;
    }

    /**
     * Sends the calls to a type of address to an endpoint, in every app that has it connected. It
     * finds the number or address in the header, as {@code to} and {@code toType}. Default: none;
     * such calls are refused.
     *
     * @param type {@code did} for telephone numbers, or {@code sip}
     * @param endpointId the endpoint that takes them
     * @throws IllegalArgumentException for another type, or a blank endpoint
     */
    public Builder gateway(String type, String endpointId) {
      if (!type.equals("did") && !type.equals("sip")) {
        throw new IllegalArgumentException("a gateway is for did or sip, got " + type);
      }
      if (endpointId.isBlank()) {
        throw new IllegalArgumentException("the gateway for " + type + " must not be blank");
      }
      gateways.put(type, endpointId);
      return this;
    }

    /** A TURN server for clients whose role allows it. Default: none. */
    public Builder turn(TurnOptions value) {
      turn = value;
      return this;
    }

    /** The STUN server for all others. Default: port 3478 of this host. */
    public Builder stunUri(String value) {
      stunUri = value;
      return this;
    }

    /**
     * Adds an administrator. Default: those of an earlier start that the storage has; they are
     * forgotten when any is added here.
     */
    public Builder adminUser(String name, String password) {
      if (name.isBlank() || password.isBlank()) {
        throw new IllegalArgumentException("an administrator needs a name and a password");
      }
      adminUsers.put(name, password);
      adminHashes.remove(name);
      return this;
    }

    /**
     * Adds an administrator by the hash of a password, which spares the start the work of making
     * one. What is said of {@link #adminUser(String, String)} holds here too; of two with the same
     * name the later counts.
     */
    public Builder adminUser(String name, HashedPassword password) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("an administrator needs a name");
      }
      adminHashes.put(name, password.text());
      adminUsers.remove(name);
      return this;
    }

    /**
     * Where apps, roles, group history and the like are kept. Default: in memory, until the service
     * is closed. The service does not close it; use one storage for one service at a time.
     */
    public Builder storage(Storage value) {
      storage = value;
      return this;
    }

    /**
     * How much group history is kept in memory, when no other storage is given. Default: {@link
     * HistoryLimits#DEFAULT}.
     */
    public Builder historyLimits(HistoryLimits value) {
      historyLimits = value;
      return this;
    }

    /** How many connections an app may have. Default: 0, no limit. */
    public Builder maxConnectionsPerApp(int value) {
      if (value < 0) {
        throw new IllegalArgumentException("maxConnectionsPerApp must not be negative");
      }
      maxConnectionsPerApp = value;
      return this;
    }

    /**
     * How many groups an app may have; who would make one more is refused with 403. Those that were
     * stored count and stay. Default: 0, no limit.
     */
    public Builder maxGroupsPerApp(int value) {
      if (value < 0) {
        throw new IllegalArgumentException("maxGroupsPerApp must not be negative");
      }
      maxGroupsPerApp = value;
      return this;
    }

    /**
     * How long a request may take to arrive whole, its connection included, before the connection
     * is closed. Default: 20 s. Between two requests a connection may be idle for 75 s.
     */
    public Builder requestTimeout(Duration value) {
      requestTimeout = positive("requestTimeout", value);
      return this;
    }

    /**
     * How many TCP connections, WebSockets among them, one address may hold; more are closed at
     * once. Default: 0, no limit: behind a proxy all clients have its address.
     */
    public Builder maxConnectionsPerAddress(int value) {
      if (value < 0) {
        throw new IllegalArgumentException("maxConnectionsPerAddress must not be negative");
      }
      maxConnectionsPerAddress = value;
      return this;
    }

    /** Shows metrics for Prometheus at {@code /metrics}, to anybody. Default: to nobody. */
    public Builder openMetrics() {
      metrics = new MetricsAccess(true, null);
      return this;
    }

    /**
     * Shows metrics for Prometheus at {@code /metrics}, to those who send this token as {@code
     * Authorization: Bearer}. Default: to nobody.
     */
    public Builder metrics(String bearerToken) {
      if (bearerToken.isBlank()) {
        throw new IllegalArgumentException("the token of the metrics must not be blank");
      }
      metrics = new MetricsAccess(true, bearerToken);
      return this;
    }

    /**
     * How many characters may wait for a client that reads slowly, before it is disconnected.
     * Default: 4 Mi.
     */
    public Builder outboundLimit(int characters) {
      if (characters < 1_024) {
        throw new IllegalArgumentException("outboundLimit must be 1024 at least");
      }
      outboundLimit = characters;
      return this;
    }

    /** Another clock. Default: real time. */
    public Builder clock(ServiceClock value) {
      clock = value;
      return this;
    }

    /** TLS with a certificate chain and a private key in PEM files. Default: no TLS. */
    public Builder tls(Path certificate, Path key) {
      tls = new Tls.Pem(certificate, key);
      return this;
    }

    /** TLS with a key store; its name says which kind: {@code .jks}, else PKCS#12. */
    public Builder tlsKeyStore(Path keyStore, String password) {
      tls = new Tls.KeyStore(keyStore, password);
      return this;
    }

    /**
     * Serves a console for administrators below {@code /console/}. Default: none. Whoever signs in
     * there has to be an {@link #adminUser}.
     *
     * @param pages its files; {@code ConsolePages} of {@code respoke-console} has them
     */
    public Builder console(StaticPages pages) {
      console = Objects.requireNonNull(pages, "pages");
      return this;
    }

    /**
     * How long an attempt to deliver an event to a webhook may take, from looking up its host to
     * the end of its answer. Default: 10 s.
     */
    public Builder webhookTimeout(Duration value) {
      webhookTimeout = positive("webhookTimeout", value);
      return this;
    }

    /**
     * Whether webhooks may be on this machine or in private networks. Default: false, so that who
     * can set a webhook cannot reach what only this machine can.
     */
    public Builder privateWebhooks(boolean value) {
      privateWebhooks = value;
      return this;
    }

    /** What brings push notifications to devices. Default: {@link PushSender#log}. */
    public Builder pushSender(PushSender value) {
      pushSender = Objects.requireNonNull(value, "pushSender");
      return this;
    }

    private static Duration positive(String name, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " must be positive, got " + value);
      }
      return value;
    }

    /** The options. */
    public ServiceOptions build() {
      Builder copy = new Builder();
      copy.host = host;
      copy.port = port;
      copy.apps = List.copyOf(apps);
      copy.developmentApp = developmentApp;
      copy.tokenActivationWindow = tokenActivationWindow;
      copy.reusableTokens = reusableTokens;
      copy.rateLimit = rateLimit;
      copy.rateLimitPerApp = rateLimitPerApp;
      copy.rateLimitPerAddress = rateLimitPerAddress;
      copy.requestLog = requestLog;
      copy.heartbeatInterval = heartbeatInterval;
      copy.heartbeatTimeout = heartbeatTimeout;
      copy.closeTimeout = closeTimeout;
      copy.logoutGrace = logoutGrace;
      copy.observerRetention = observerRetention;
      copy.answerTimeout = answerTimeout;
      copy.callGrace = callGrace;
      copy.gateways = Map.copyOf(gateways);
      copy.turn = turn;
      copy.stunUri = stunUri;
      copy.adminUsers = Map.copyOf(adminUsers);
      copy.adminHashes = Map.copyOf(adminHashes);
      copy.storage = storage;
      copy.historyLimits = historyLimits;
      copy.maxConnectionsPerApp = maxConnectionsPerApp;
      copy.maxGroupsPerApp = maxGroupsPerApp;
      copy.metrics = metrics;
      copy.requestTimeout = requestTimeout;
      copy.maxConnectionsPerAddress = maxConnectionsPerAddress;
      copy.outboundLimit = outboundLimit;
      copy.clock = clock;
      copy.tls = tls;
      copy.console = console;
      copy.privateWebhooks = privateWebhooks;
      copy.webhookTimeout = webhookTimeout;
      copy.pushSender = pushSender;
      return new ServiceOptions(copy);
    }
  }
}
