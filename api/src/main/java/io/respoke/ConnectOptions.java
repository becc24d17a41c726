package io.respoke;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Client#connect(ConnectOptions)} changes; what is not given stays. Immutable.
 *
 * @see ClientOptions.Builder for the meaning of each setting
 */
public final class ConnectOptions {
  final @Nullable String appId;
  final @Nullable String baseUrl;
  final @Nullable TokenProvider tokenProvider;
  final @Nullable Boolean bareToken;
  final @Nullable String endpointId;
  final @Nullable Object presence;
  final @Nullable Boolean developmentMode;
  final @Nullable Boolean reconnect;
  final @Nullable Duration connectTimeout;
  private final @Nullable Consumer<? super Client> onSuccess;
  private final @Nullable Consumer<? super Throwable> onError;

  private ConnectOptions(Builder builder) {
    appId = builder.appId;
    baseUrl = builder.baseUrl;
    tokenProvider = builder.tokenProvider;
    bareToken = builder.bareToken;
    endpointId = builder.endpointId;
    presence = builder.presence;
    developmentMode = builder.developmentMode;
    reconnect = builder.reconnect;
    connectTimeout = builder.connectTimeout;
    onSuccess = builder.onSuccess;
    onError = builder.onError;
  }

  /** A new token, and nothing else: what a hand-written reconnect loop passes. */
  public static ConnectOptions token(String token) {
    return builder().token(token).build();
  }

  /** Starts with nothing given. */
  public static Builder builder() {
    return new Builder();
  }

  /** Called when this connect succeeds. */
  public @Nullable Consumer<? super Client> onSuccess() {
    return onSuccess;
  }

  /** Called when this connect fails. */
  public @Nullable Consumer<? super Throwable> onError() {
    return onError;
  }

  /** Collects overrides. Not for use by several threads. */
  public static final class Builder {
    private @Nullable String appId;
    private @Nullable String baseUrl;
    private @Nullable TokenProvider tokenProvider;
    private @Nullable Boolean bareToken;
    private @Nullable String endpointId;
    private @Nullable Object presence;
    private @Nullable Boolean developmentMode;
    private @Nullable Boolean reconnect;
    private @Nullable Duration connectTimeout;
    private @Nullable Consumer<? super Client> onSuccess;
    private @Nullable Consumer<? super Throwable> onError;

    private Builder() {}

    /** As {@link ClientOptions.Builder#appId}. */
    public Builder appId(String appId) {
      this.appId = Objects.requireNonNull(appId, "appId");
      return this;
    }

    /** As {@link ClientOptions.Builder#baseUrl}. */
    public Builder baseUrl(String baseUrl) {
      this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
      return this;
    }

    /** As {@link ClientOptions.Builder#token(String)}. */
    public Builder token(String token) {
      tokenProvider = Tokens.fixed(Token.of(token));
      bareToken = true;
      return this;
    }

    /** As {@link ClientOptions.Builder#tokenProvider}. */
    public Builder tokenProvider(TokenProvider tokenProvider) {
      this.tokenProvider = Objects.requireNonNull(tokenProvider, "tokenProvider");
      bareToken = false;
      return this;
    }

    /** As {@link ClientOptions.Builder#endpointId}. */
    public Builder endpointId(String endpointId) {
      this.endpointId = Objects.requireNonNull(endpointId, "endpointId");
      return this;
    }

    /** As {@link ClientOptions.Builder#presence}. */
    public Builder presence(Object presence) {
      this.presence = Objects.requireNonNull(presence, "presence");
      return this;
    }

    /** As {@link ClientOptions.Builder#developmentMode}. */
    public Builder developmentMode(boolean developmentMode) {
      this.developmentMode = developmentMode;
      return this;
    }

    /** As {@link ClientOptions.Builder#reconnect}. */
    public Builder reconnect(boolean reconnect) {
      this.reconnect = reconnect;
      return this;
    }

    /** As {@link ClientOptions.Builder#connectTimeout}. */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = Objects.requireNonNull(connectTimeout, "connectTimeout");
      return this;
    }

    /** Called on the callback executor when this connect succeeds. */
    public Builder onSuccess(Consumer<? super Client> onSuccess) {
      this.onSuccess = Objects.requireNonNull(onSuccess, "onSuccess");
      return this;
    }

    /** Called on the callback executor when this connect fails. */
    public Builder onError(Consumer<? super Throwable> onError) {
      this.onError = Objects.requireNonNull(onError, "onError");
      return this;
    }

    /** The overrides. They are checked when they are applied. */
    public ConnectOptions build() {
      return new ConnectOptions(this);
    }
  }
}
