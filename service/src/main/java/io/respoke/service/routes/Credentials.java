package io.respoke.service.routes;

import io.respoke.protocol.CredentialKind;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The credentials of a request or a handshake; empty text and {@code null} in words are absent. */
public record Credentials(
    @Nullable String adminToken, @Nullable String appSecret, @Nullable String appToken) {
  /** No credential. */
  public static final Credentials NONE = new Credentials(null, null, null);

  /** Reads them from headers. */
  public static Credentials ofHeaders(Function<String, @Nullable String> headers) {
    return of(
        headers.apply(CredentialKind.ADMIN_TOKEN.header()),
        headers.apply(CredentialKind.APP_SECRET.header()),
        headers.apply(CredentialKind.APP_TOKEN.header()));
  }

  /** Reads them from a handshake's query. */
  public static Credentials ofQuery(Function<String, @Nullable String> query) {
    return of(
        query.apply(CredentialKind.ADMIN_TOKEN.parameter()),
        query.apply(CredentialKind.APP_SECRET.parameter()),
        query.apply(CredentialKind.APP_TOKEN.parameter()));
  }

  private static Credentials of(
      @Nullable String adminToken, @Nullable String appSecret, @Nullable String appToken) {
    String admin = given(adminToken);
    String secret = given(appSecret);
    String token = given(appToken);
    return admin == null && secret == null && token == null
        ? NONE
        : new Credentials(admin, secret, token);
  }

  private static @Nullable String given(@Nullable String value) {
    return value == null || value.isEmpty() || value.equals("null") || value.equals("undefined")
        ? null
        : value;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return adminToken == null && appSecret == null && appToken == null;
  }

  /** Never shows them. */
  @Override
  public String toString() {
    return "Credentials[redacted]";
  }
}
