package io.respoke;

import io.respoke.event.Connected;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.GroupJoined;
import io.respoke.event.GroupLeft;
import io.respoke.event.IncomingCall;
import io.respoke.event.IncomingDirectConnection;
import io.respoke.event.MessageEvent;
import io.respoke.event.Reconnected;
import io.respoke.event.RespokeEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Everything a client can be told. Immutable; built and checked by {@link Builder}, where each
 * setting and its default is described. {@code toString} shows no token, secret, header or
 * listener.
 */
public final class ClientOptions {
  /** Where clients connect when nothing is said. */
  public static final String DEFAULT_BASE_URL = "https://api.respoke.io";

  private final Builder values;

  private ClientOptions(Builder values) {
    this.values = values;
  }

  /** Starts with all defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these settings. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /**
   * These settings with the overrides applied.
   *
   * @throws IllegalArgumentException if the result is not valid
   */
  public ClientOptions with(ConnectOptions overrides) {
    Builder builder = toBuilder();
    if (overrides.appId != null) {
      builder.appId = overrides.appId;
    }
    if (overrides.baseUrl != null) {
      builder.baseUrl = overrides.baseUrl;
    }
    if (overrides.tokenProvider != null) {
      builder.tokenProvider = overrides.tokenProvider;
      builder.tokenProviderName = null;
      builder.bareToken = Boolean.TRUE.equals(overrides.bareToken);
    }
    if (overrides.endpointId != null) {
      builder.endpointId = overrides.endpointId;
    }
    if (overrides.presence != null) {
      builder.presence = overrides.presence;
    }
    if (overrides.developmentMode != null) {
      builder.developmentMode = overrides.developmentMode;
    }
    if (overrides.reconnect != null) {
      builder.reconnect = overrides.reconnect;
    }
    if (overrides.connectTimeout != null) {
      builder.connectTimeout(overrides.connectTimeout);
    }
    return builder.build();
  }

  /** See {@link Builder#appId}. */
  public Optional<String> appId() {
    return Optional.ofNullable(values.appId);
  }

  /** See {@link Builder#baseUrl}. */
  public String baseUrl() {
    return values.baseUrl;
  }

  /** See {@link Builder#endpointId}. */
  public Optional<String> endpointId() {
    return Optional.ofNullable(values.endpointId);
  }

  /** See {@link Builder#tokenProvider} and {@link Builder#token(String)}. */
  public Optional<TokenProvider> tokenProvider() {
    return Optional.ofNullable(values.tokenProvider);
  }

  /** See {@link Builder#tokenProvider(String, Map)}. */
  public Optional<String> tokenProviderName() {
    return Optional.ofNullable(values.tokenProviderName);
  }

  /** See {@link Builder#tokenProvider(String, Map)}. */
  public Map<String, String> tokenProviderSettings() {
    return values.tokenProviderSettings;
  }

  /** See {@link Builder#presence}. */
  public Optional<Object> presence() {
    return Optional.ofNullable(values.presence);
  }

  /** See {@link Builder#developmentMode}. */
  public boolean developmentMode() {
    return values.developmentMode;
  }

  /** See {@link Builder#reconnect}; the default is already decided here. */
  public boolean reconnect() {
    if (values.reconnect != null) {
      return values.reconnect;
    }
    return values.developmentMode
        || values.tokenProviderName != null
        || (values.tokenProvider != null && !values.bareToken);
  }

  /** See {@link Builder#reconnectPolicy}. */
  public ReconnectPolicy reconnectPolicy() {
    return values.reconnectPolicy;
  }

  /** See {@link Builder#enableCallDebugReport}. */
  public boolean enableCallDebugReport() {
    return values.enableCallDebugReport;
  }

  /** See {@link Builder#presenceResolver}. */
  public Optional<PresenceResolver> presenceResolver() {
    return Optional.ofNullable(values.presenceResolver);
  }

  /** See {@link Builder#connectTimeout}. */
  public Duration connectTimeout() {
    return values.connectTimeout;
  }

  /** See {@link Builder#requestTimeout}. */
  public Duration requestTimeout() {
    return values.requestTimeout;
  }

  /** See {@link Builder#tokenTimeout}. */
  public Duration tokenTimeout() {
    return values.tokenTimeout;
  }

  /** See {@link Builder#closeTimeout}. */
  public Duration closeTimeout() {
    return values.closeTimeout;
  }

  /** See {@link Builder#instanceId}. */
  public Optional<String> instanceId() {
    return Optional.ofNullable(values.instanceId);
  }

  /** See {@link Builder#attribute}. */
  public Map<String, Object> attributes() {
    return values.attributes;
  }

  /** See {@link Builder#header}. */
  public Map<String, String> headers() {
    return values.headers;
  }

  /** See {@link Builder#proxy}. */
  public Optional<ProxyOptions> proxy() {
    return Optional.ofNullable(values.proxy);
  }

  /** See {@link Builder#sslContext}. */
  public Optional<SSLContext> sslContext() {
    return Optional.ofNullable(values.sslContext);
  }

  /** See {@link Builder#callbackExecutor}. */
  public Optional<Executor> callbackExecutor() {
    return Optional.ofNullable(values.callbackExecutor);
  }

  /** See {@link Builder#virtualThreads}. */
  public boolean virtualThreads() {
    return values.virtualThreads;
  }

  /** See {@link Builder#classLoader}. */
  public Optional<ClassLoader> classLoader() {
    return Optional.ofNullable(values.classLoader);
  }

  /** See {@link Builder#plugin}. */
  public List<Plugin> plugins() {
    return values.plugins;
  }

  /** See {@link Builder#transport}. */
  public Optional<String> transport() {
    return Optional.ofNullable(values.transport);
  }

  /** See {@link Builder#mediaBackend}. */
  public Optional<String> mediaBackend() {
    return Optional.ofNullable(values.mediaBackend);
  }

  /** See {@link Builder#ringTimeout}. */
  public Duration ringTimeout() {
    return values.ringTimeout;
  }

  /** See {@link Builder#mediaConnectTimeout}. */
  public Duration mediaConnectTimeout() {
    return values.mediaConnectTimeout;
  }

  /** See {@link Builder#rejectUnhandledCalls}. */
  public boolean rejectUnhandledCalls() {
    return values.rejectUnhandledCalls;
  }

  /** See {@link Builder#outboundLimit}. */
  public int outboundLimit() {
    return values.outboundLimit;
  }

  /** See {@link Builder#inboundLimit}. */
  public int inboundLimit() {
    return values.inboundLimit;
  }

  /** See {@link Builder#overflowPolicy}. */
  public OverflowPolicy overflowPolicy() {
    return values.overflowPolicy;
  }

  /** See {@link Builder#maxMessageSize}. */
  public int maxMessageSize() {
    return values.maxMessageSize;
  }

  /** See {@link Builder#backfillLimit}. */
  public int backfillLimit() {
    return values.backfillLimit;
  }

  /** The listeners given by the {@code on…} settings, in the order they were given. */
  public List<EventListener<?>> listeners() {
    return values.listeners;
  }

  /** See {@link Builder#onSuccess}. */
  public Optional<Consumer<? super Client>> onSuccess() {
    return Optional.ofNullable(values.onSuccess);
  }

  /** See {@link Builder#onError}. */
  public Optional<Consumer<? super Throwable>> onError() {
    return Optional.ofNullable(values.onError);
  }

  @Override
  public String toString() {
    return "ClientOptions[baseUrl="
        + values.baseUrl
        + ", appId="
        + values.appId
        + ", endpointId="
        + values.endpointId
        + ", developmentMode="
        + values.developmentMode
        + ", reconnect="
        + reconnect()
        + "]";
  }

  /** Collects settings. Not for use by several threads. */
  public static final class Builder {
    private @Nullable String appId;
    private String baseUrl = DEFAULT_BASE_URL;
    private @Nullable String endpointId;
    private @Nullable TokenProvider tokenProvider;
    private boolean bareToken;
    private @Nullable String tokenProviderName;
    private Map<String, String> tokenProviderSettings = Map.of();
    private @Nullable Object presence;
    private boolean developmentMode;
    private @Nullable Boolean reconnect;
    private ReconnectPolicy reconnectPolicy = ReconnectPolicy.defaults();
    private boolean enableCallDebugReport;
    private @Nullable PresenceResolver presenceResolver;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration tokenTimeout = Duration.ofSeconds(10);
    private Duration closeTimeout = Duration.ofSeconds(5);
    private @Nullable String instanceId;
    private Map<String, Object> attributes = new LinkedHashMap<>();
    private Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable ProxyOptions proxy;
    private @Nullable SSLContext sslContext;
    private @Nullable Executor callbackExecutor;
    private boolean virtualThreads;
    private @Nullable ClassLoader classLoader;
    private List<Plugin> plugins = new ArrayList<>();
    private @Nullable String transport;
    private @Nullable String mediaBackend;
    private Duration ringTimeout = Duration.ofSeconds(60);
    private Duration mediaConnectTimeout = Duration.ofSeconds(30);
    private boolean rejectUnhandledCalls;
    private int outboundLimit = 1000;
    private int inboundLimit = 10_000;
    private OverflowPolicy overflowPolicy = OverflowPolicy.DROP_OLDEST;
    private int maxMessageSize = 1 << 20;
    private int backfillLimit = 50;
    private List<EventListener<?>> listeners = new ArrayList<>();
    private @Nullable Consumer<? super Client> onSuccess;
    private @Nullable Consumer<? super Throwable> onError;

    private Builder() {}

    private Builder(Builder other) {
      appId = other.appId;
      baseUrl = other.baseUrl;
      endpointId = other.endpointId;
      tokenProvider = other.tokenProvider;
      bareToken = other.bareToken;
      tokenProviderName = other.tokenProviderName;
      tokenProviderSettings = other.tokenProviderSettings;
      presence = other.presence;
      developmentMode = other.developmentMode;
      reconnect = other.reconnect;
      reconnectPolicy = other.reconnectPolicy;
      enableCallDebugReport = other.enableCallDebugReport;
      presenceResolver = other.presenceResolver;
      connectTimeout = other.connectTimeout;
      requestTimeout = other.requestTimeout;
      tokenTimeout = other.tokenTimeout;
      closeTimeout = other.closeTimeout;
      instanceId = other.instanceId;
      attributes = new LinkedHashMap<>(other.attributes);
      headers = new LinkedHashMap<>(other.headers);
      proxy = other.proxy;
      sslContext = other.sslContext;
      callbackExecutor = other.callbackExecutor;
      virtualThreads = other.virtualThreads;
      classLoader = other.classLoader;
      plugins = new ArrayList<>(other.plugins);
      transport = other.transport;
      mediaBackend = other.mediaBackend;
      ringTimeout = other.ringTimeout;
      mediaConnectTimeout = other.mediaConnectTimeout;
      rejectUnhandledCalls = other.rejectUnhandledCalls;
      outboundLimit = other.outboundLimit;
      inboundLimit = other.inboundLimit;
      overflowPolicy = other.overflowPolicy;
      maxMessageSize = other.maxMessageSize;
      backfillLimit = other.backfillLimit;
      listeners = new ArrayList<>(other.listeners);
      onSuccess = other.onSuccess;
      onError = other.onError;
    }

    /** The app. Needed in development mode; otherwise the token says it. Default: none. */
    public Builder appId(String appId) {
      this.appId = Objects.requireNonNull(appId, "appId");
      return this;
    }

    /**
     * The service: scheme, host, optional port and path, with or without {@code /v1}. Default:
     * {@link ClientOptions#DEFAULT_BASE_URL}.
     */
    public Builder baseUrl(String baseUrl) {
      this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
      return this;
    }

    /** As {@link #baseUrl(String)}. */
    public Builder baseUrl(URI baseUrl) {
      return baseUrl(baseUrl.toString());
    }

    /**
     * Who to be. Needed in development mode and with an app's secret or an administrator's token;
     * otherwise the token says it and this is ignored.
     */
    public Builder endpointId(String endpointId) {
      this.endpointId = Objects.requireNonNull(endpointId, "endpointId");
      return this;
    }

    /**
     * One brokered token. It is good for one connection, so reconnect is off unless asked for; give
     * a {@link #tokenProvider} to have it on.
     */
    public Builder token(String token) {
      return token(Token.of(token));
    }

    /** One credential of any kind. Reconnect is on by default unless it is single use. */
    public Builder token(Token token) {
      tokenProvider = Tokens.fixed(token);
      tokenProviderName = null;
      bareToken = token.isSingleUse();
      return this;
    }

    /** Where every attempt gets its credential. */
    public Builder tokenProvider(TokenProvider tokenProvider) {
      this.tokenProvider = Objects.requireNonNull(tokenProvider, "tokenProvider");
      tokenProviderName = null;
      bareToken = false;
      return this;
    }

    /** A token provider plug-in by its name, with settings for it. */
    public Builder tokenProvider(String name, Map<String, String> settings) {
      tokenProviderName = Objects.requireNonNull(name, "name");
      tokenProviderSettings = Map.copyOf(settings);
      tokenProvider = null;
      bareToken = false;
      return this;
    }

    /**
     * Presence to announce after every login: a string, a {@link jakarta.json.JsonValue}, or
     * anything JSON-B can bind. Default: none, and nothing is announced.
     */
    public Builder presence(Object presence) {
      this.presence = Objects.requireNonNull(presence, "presence");
      return this;
    }

    /**
     * Lets the client mint its own tokens, for an app that allows it; needs {@link #appId} and
     * {@link #endpointId}. Wins over a token. Not for production: anybody can be anyone. Default:
     * false.
     */
    public Builder developmentMode(boolean developmentMode) {
      this.developmentMode = developmentMode;
      return this;
    }

    /**
     * Whether to come back after a lost connection. Default: true where every attempt can get a
     * credential (development mode, a token provider, a secret), false for one bare token.
     */
    public Builder reconnect(boolean reconnect) {
      this.reconnect = reconnect;
      return this;
    }

    /** The waits between attempts. Default: {@link ReconnectPolicy#defaults()}. */
    public Builder reconnectPolicy(ReconnectPolicy reconnectPolicy) {
      this.reconnectPolicy = Objects.requireNonNull(reconnectPolicy, "reconnectPolicy");
      return this;
    }

    /**
     * Whether to post a report of each call, with session descriptions and addresses, to the
     * service. Default: false, unlike respoke.js.
     */
    public Builder enableCallDebugReport(boolean enableCallDebugReport) {
      this.enableCallDebugReport = enableCallDebugReport;
      return this;
    }

    /**
     * Chooses an endpoint's presence out of those of its connections. Default: the first of {@code
     * chat, available, away, dnd, xa, unavailable} that any has, other values last.
     */
    public Builder presenceResolver(PresenceResolver presenceResolver) {
      this.presenceResolver = Objects.requireNonNull(presenceResolver, "presenceResolver");
      return this;
    }

    /**
     * The deadline of one attempt after its token is there, from the session exchange to the
     * registered connection. Default: 10 s.
     */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = positive(connectTimeout, "connectTimeout");
      return this;
    }

    /** The deadline of a request, repeats after 429 included. Default: 30 s. */
    public Builder requestTimeout(Duration requestTimeout) {
      this.requestTimeout = positive(requestTimeout, "requestTimeout");
      return this;
    }

    /** How long a token provider is waited for. Default: 10 s. */
    public Builder tokenTimeout(Duration tokenTimeout) {
      this.tokenTimeout = positive(tokenTimeout, "tokenTimeout");
      return this;
    }

    /** How long logging out and {@link Client#close()} take at most. Default: 5 s. */
    public Builder closeTimeout(Duration closeTimeout) {
      this.closeTimeout = positive(closeTimeout, "closeTimeout");
      return this;
    }

    /** A name under which {@link Respoke#client(String)} finds the client. Default: none. */
    public Builder instanceId(String instanceId) {
      this.instanceId = Objects.requireNonNull(instanceId, "instanceId");
      return this;
    }

    /** Anything an application wants to keep with the client. */
    public Builder attribute(String name, Object value) {
      attributes.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * A header for all HTTP requests and the WebSocket's upgrade.
     *
     * @throws IllegalArgumentException if it is more than one header: a line break in it
     */
    public Builder header(String name, String value) {
      if (name.isEmpty() || !isOneLine(name) || !isOneLine(value)) {
        throw new IllegalArgumentException("not a header: " + name.lines().findFirst().orElse(""));
      }
      headers.put(name, value);
      return this;
    }

    private static boolean isOneLine(String text) {
      return text.chars().allMatch(c -> (c >= ' ' && c != 0x7f) || c == '\t');
    }

    /** The proxy. Default: none; the JVM's proxy properties are not looked at. */
    public Builder proxy(ProxyOptions proxy) {
      this.proxy = Objects.requireNonNull(proxy, "proxy");
      return this;
    }

    /** Whom to trust, and client certificates. Default: the JVM's. */
    public Builder sslContext(SSLContext sslContext) {
      this.sslContext = Objects.requireNonNull(sslContext, "sslContext");
      return this;
    }

    /**
     * Where listeners and token providers run and stages are completed. Never shut down by the
     * client. Default: a pool of daemon threads shared by all clients.
     */
    public Builder callbackExecutor(Executor callbackExecutor) {
      this.callbackExecutor = Objects.requireNonNull(callbackExecutor, "callbackExecutor");
      return this;
    }

    /**
     * Whether callbacks run on virtual threads, where the JVM has them (21 and later; otherwise no
     * effect). Default: false. Not together with {@link #callbackExecutor}.
     */
    public Builder virtualThreads(boolean virtualThreads) {
      this.virtualThreads = virtualThreads;
      return this;
    }

    /**
     * Where plug-ins are looked for, and the context class loader of callbacks. Default: the
     * context class loader at creation.
     */
    public Builder classLoader(ClassLoader classLoader) {
      this.classLoader = Objects.requireNonNull(classLoader, "classLoader");
      return this;
    }

    /** A plug-in to use whatever else is found, of any kind {@code respoke-spi} has. */
    public Builder plugin(Plugin plugin) {
      plugins.add(Objects.requireNonNull(plugin, "plugin"));
      return this;
    }

    /** The name of the media backend to use. Default: the one with the highest priority. */
    public Builder mediaBackend(String name) {
      mediaBackend = Objects.requireNonNull(name, "name").toLowerCase(Locale.ROOT);
      return this;
    }

    /**
     * How long a call rings, in either role, before it ends with {@code NO_ANSWER}. Default: 60
     * seconds, as in respoke.js.
     */
    public Builder ringTimeout(Duration ringTimeout) {
      this.ringTimeout = positive(ringTimeout, "ringTimeout");
      return this;
    }

    /**
     * How long an answered call may take until media can flow, before it ends with {@code
     * ICE_FAILED}. Default: 30 seconds.
     */
    public Builder mediaConnectTimeout(Duration mediaConnectTimeout) {
      this.mediaConnectTimeout = positive(mediaConnectTimeout, "mediaConnectTimeout");
      return this;
    }

    /**
     * Whether calls and direct connections that nobody listens for are rejected, which ends them
     * for all connections of this endpoint, as respoke.js does. Default: false, they are left
     * ringing for the others.
     */
    public Builder rejectUnhandledCalls(boolean rejectUnhandledCalls) {
      this.rejectUnhandledCalls = rejectUnhandledCalls;
      return this;
    }

    /** The name of the transport to use. Default: the one with the highest priority. */
    public Builder transport(String name) {
      transport = Objects.requireNonNull(name, "name").toLowerCase(Locale.ROOT);
      return this;
    }

    /**
     * How many requests may wait for an answer; more fail at once with {@link OverflowException}.
     * Default: 1000.
     */
    public Builder outboundLimit(int outboundLimit) {
      this.outboundLimit = positive(outboundLimit, "outboundLimit");
      return this;
    }

    /** How many events may wait for listeners, per source. Default: 10 000. */
    public Builder inboundLimit(int inboundLimit) {
      this.inboundLimit = positive(inboundLimit, "inboundLimit");
      return this;
    }

    /** What happens at {@link #inboundLimit}. Default: {@link OverflowPolicy#DROP_OLDEST}. */
    public Builder overflowPolicy(OverflowPolicy overflowPolicy) {
      this.overflowPolicy = Objects.requireNonNull(overflowPolicy, "overflowPolicy");
      return this;
    }

    /**
     * The largest message taken from the service, in characters; a larger one drops the connection.
     * Default: 1 048 576.
     */
    public Builder maxMessageSize(int maxMessageSize) {
      this.maxMessageSize = positive(maxMessageSize, "maxMessageSize");
      return this;
    }

    /**
     * How many persisted messages of each group are fetched after a reconnect, to fill the gap;
     * from 0, for none, to 1000, the most the service gives. A service that is set to keep fewer
     * than this hides from the client what it has thrown away. Default: 50.
     */
    public Builder backfillLimit(int backfillLimit) {
      if (backfillLimit < 0 || backfillLimit > 1000) {
        throw new IllegalArgumentException(
            "backfillLimit must be from 0 to 1000: " + backfillLimit);
      }
      this.backfillLimit = backfillLimit;
      return this;
    }

    /** Called after every connect that was asked for; not after reconnects. */
    public Builder onConnect(Consumer<? super Connected> listener) {
      return on(Connected.class, listener);
    }

    /** Called once, when the first connect succeeds. */
    public Builder onSuccess(Consumer<? super Client> onSuccess) {
      this.onSuccess = Objects.requireNonNull(onSuccess, "onSuccess");
      return this;
    }

    /** Called once, when the first connect fails. */
    public Builder onError(Consumer<? super Throwable> onError) {
      this.onError = Objects.requireNonNull(onError, "onError");
      return this;
    }

    /** Called when this client has joined a group. */
    public Builder onJoin(Consumer<? super GroupJoined> listener) {
      return on(GroupJoined.class, listener);
    }

    /** Called when this client has left a group. */
    public Builder onLeave(Consumer<? super GroupLeft> listener) {
      return on(GroupLeft.class, listener);
    }

    /** Called for every message, private or in a group. */
    public Builder onMessage(Consumer<? super MessageEvent> listener) {
      return on(MessageEvent.class, listener);
    }

    /** Called when the connection has ended, by request or not. */
    public Builder onDisconnect(Consumer<? super Disconnected> listener) {
      return on(Disconnected.class, listener);
    }

    /** Called when a lost connection is back and everything is restored. */
    public Builder onReconnect(Consumer<? super Reconnected> listener) {
      return on(Reconnected.class, listener);
    }

    /** Called for incoming calls. */
    public Builder onCall(Consumer<? super IncomingCall> listener) {
      return on(IncomingCall.class, listener);
    }

    /** Called for incoming direct connections. */
    public Builder onDirectConnection(Consumer<? super IncomingDirectConnection> listener) {
      return on(IncomingDirectConnection.class, listener);
    }

    /** Called for errors that belong to no request. */
    public Builder onErrorEvent(Consumer<? super ErrorOccurred> listener) {
      return on(ErrorOccurred.class, listener);
    }

    /** Registers a listener for any type of event, before the client exists. */
    public <E extends RespokeEvent> Builder on(Class<E> type, Consumer<? super E> listener) {
      listeners.add(
          new EventListener<E>(
              Objects.requireNonNull(type, "type"), Objects.requireNonNull(listener, "listener")));
      return this;
    }

    /**
     * Checks and freezes the settings. What depends on the moment of connecting (a token, an
     * endpoint id for development mode) is checked by {@code connect}.
     *
     * @throws IllegalArgumentException for settings that cannot work, naming them and what to do
     */
    public ClientOptions build() {
      BaseUrl.check(baseUrl);
      if (callbackExecutor != null && virtualThreads) {
        throw new IllegalArgumentException(
            "callbackExecutor and virtualThreads exclude each other: give one");
      }
      Builder frozen = new Builder(this);
      frozen.attributes = Map.copyOf(attributes);
      frozen.headers = Map.copyOf(headers);
      frozen.plugins = List.copyOf(plugins);
      frozen.listeners = List.copyOf(listeners);
      return new ClientOptions(frozen);
    }

    private static Duration positive(Duration value, String name) {
      if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(name + " must be more than 0 and at most 1 day");
      }
      return value;
    }

    private static int positive(int value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be 1 or more: " + value);
      }
      return value;
    }
  }
}
