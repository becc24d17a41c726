package io.respoke;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Everything an administration client can be told. Immutable; {@code toString} shows no secret. */
public final class AdminOptions {
  private final Builder values;

  private AdminOptions(Builder values) {
    this.values = values;
  }

  /** Starts with all defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** See {@link Builder#baseUrl}. */
  public String baseUrl() {
    return values.baseUrl;
  }

  /** See {@link Builder#appId}. */
  public Optional<String> appId() {
    return Optional.ofNullable(values.appId);
  }

  /** See {@link Builder#appSecret}. */
  public Optional<String> appSecret() {
    return Optional.ofNullable(values.appSecret);
  }

  /** See {@link Builder#adminToken}. */
  public Optional<String> adminToken() {
    return Optional.ofNullable(values.adminToken);
  }

  /** See {@link Builder#requestTimeout}. */
  public Duration requestTimeout() {
    return values.requestTimeout;
  }

  /** See {@link Builder#proxy}. */
  public Optional<ProxyOptions> proxy() {
    return Optional.ofNullable(values.proxy);
  }

  /** See {@link Builder#sslContext}. */
  public Optional<SSLContext> sslContext() {
    return Optional.ofNullable(values.sslContext);
  }

  /** See {@link Builder#classLoader}. */
  public Optional<ClassLoader> classLoader() {
    return Optional.ofNullable(values.classLoader);
  }

  @Override
  public String toString() {
    return "AdminOptions[baseUrl=" + values.baseUrl + ", appId=" + values.appId + "]";
  }

  /** Collects settings. Not for use by several threads. */
  public static final class Builder {
    private String baseUrl = ClientOptions.DEFAULT_BASE_URL;
    private @Nullable String appId;
    private @Nullable String appSecret;
    private @Nullable String adminToken;
    private Duration requestTimeout = Duration.ofSeconds(30);
    private @Nullable ProxyOptions proxy;
    private @Nullable SSLContext sslContext;
    private @Nullable ClassLoader classLoader;

    private Builder() {}

    private Builder(Builder other) {
      baseUrl = other.baseUrl;
      appId = other.appId;
      appSecret = other.appSecret;
      adminToken = other.adminToken;
      requestTimeout = other.requestTimeout;
      proxy = other.proxy;
      sslContext = other.sslContext;
      classLoader = other.classLoader;
    }

    /** The service; as {@link ClientOptions.Builder#baseUrl(String)}. */
    public Builder baseUrl(String baseUrl) {
      this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
      return this;
    }

    /** As {@link #baseUrl(String)}. */
    public Builder baseUrl(java.net.URI baseUrl) {
      return baseUrl(baseUrl.toString());
    }

    /** The app; may be left out where the secret says it. */
    public Builder appId(String appId) {
      this.appId = Objects.requireNonNull(appId, "appId");
      return this;
    }

    /** The app's secret: full authority over one app. */
    public Builder appSecret(String appSecret) {
      this.appSecret = Objects.requireNonNull(appSecret, "appSecret");
      return this;
    }

    /** An administrator's session. {@link Admin#login} gets one. Wins over the secret. */
    public Builder adminToken(String adminToken) {
      this.adminToken = Objects.requireNonNull(adminToken, "adminToken");
      return this;
    }

    /** The deadline of a request. Default: 30 s. */
    public Builder requestTimeout(Duration requestTimeout) {
      if (requestTimeout.isNegative() || requestTimeout.isZero()) {
        throw new IllegalArgumentException("requestTimeout must be more than 0");
      }
      this.requestTimeout = requestTimeout;
      return this;
    }

    /** The proxy. Default: none. */
    public Builder proxy(ProxyOptions proxy) {
      this.proxy = Objects.requireNonNull(proxy, "proxy");
      return this;
    }

    /** Whom to trust. Default: the JVM's. */
    public Builder sslContext(SSLContext sslContext) {
      this.sslContext = Objects.requireNonNull(sslContext, "sslContext");
      return this;
    }

    /** Where the engine is looked for. Default: the context class loader. */
    public Builder classLoader(ClassLoader classLoader) {
      this.classLoader = Objects.requireNonNull(classLoader, "classLoader");
      return this;
    }

    /**
     * Checks and freezes the settings.
     *
     * @throws IllegalArgumentException if the base URL cannot work
     */
    public AdminOptions build() {
      BaseUrl.check(baseUrl);
      return new AdminOptions(new Builder(this));
    }
  }
}
