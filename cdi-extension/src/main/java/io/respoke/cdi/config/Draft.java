package io.respoke.cdi.config;

import io.respoke.AdminOptions;
import io.respoke.AppSecretTokens;
import io.respoke.BrokerTokens;
import io.respoke.ClientOptions;
import io.respoke.ProxyOptions;
import io.respoke.ReconnectPolicy;
import io.respoke.RoleRef;
import io.respoke.TokenProvider;
import io.respoke.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the properties of one client add up to, while they are read. */
final class Draft {
  final ClientOptions.Builder client = ClientOptions.builder();
  final AdminOptions.Builder admin = AdminOptions.builder();
  ConnectMode connect = ConnectMode.STARTUP;
  boolean connectRequired;

  @Nullable String token;
  @Nullable String tokenProvider;
  final Map<String, String> tokenProviderSettings = new LinkedHashMap<>();
  @Nullable URI brokerUrl;
  @Nullable String appId;
  @Nullable String appSecret;
  @Nullable String roleId;
  @Nullable String roleName;
  @Nullable Duration ttl;
  boolean developmentMode;

  @Nullable String proxyHost;
  @Nullable Integer proxyPort;
  @Nullable String proxyAuthorization;

  @Nullable Duration initial;
  @Nullable Double factor;
  @Nullable Duration cap;
  @Nullable Boolean jitter;
  @Nullable Integer maxAttempts;
  @Nullable Duration maxElapsed;

  /** Puts together what several properties say. */
  void finish() {
    if (brokerUrl != null) {
      client.tokenProvider(Tokens.broker(BrokerTokens.of(brokerUrl)));
    } else if (tokenProvider != null) {
      client.tokenProvider(tokenProvider, tokenProviderSettings);
    } else if (token != null) {
      client.token(token);
    } else if (appSecret != null) {
      client.tokenProvider(minting(appSecret));
    }
    if (proxyHost != null) {
      ProxyOptions proxy =
          new ProxyOptions(
              proxyHost,
              proxyPort == null ? 0 : proxyPort,
              Optional.ofNullable(proxyAuthorization));
      client.proxy(proxy);
      admin.proxy(proxy);
    }
    ReconnectPolicy defaults = ReconnectPolicy.defaults();
    client.reconnectPolicy(
        new ReconnectPolicy(
            initial == null ? defaults.initial() : initial,
            factor == null ? defaults.factor() : factor,
            cap == null ? defaults.cap() : cap,
            jitter == null ? defaults.jitter() : jitter,
            maxAttempts == null ? defaults.maxAttempts() : Optional.of(maxAttempts),
            maxElapsed == null ? defaults.maxElapsed() : Optional.of(maxElapsed)));
  }

  private TokenProvider minting(String secret) {
    RoleRef role =
        roleId != null
            ? RoleRef.id(roleId)
            : roleName != null ? RoleRef.name(roleName) : RoleRef.appDefault();
    return Tokens.appSecret(
        new AppSecretTokens(
            Optional.ofNullable(appId),
            secret,
            role,
            ttl == null ? AppSecretTokens.DEFAULT_TTL : ttl));
  }
}
