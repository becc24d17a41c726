package io.respoke.core.session;

import io.respoke.Token;
import io.respoke.protocol.CredentialKind;
import io.respoke.protocol.Wire;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A login that has succeeded.
 *
 * @param link the open connection
 * @param kind the credential requests carry
 * @param credential its text
 * @param ownsSession whether the session was opened for this login and ends with it
 * @param endpointId who this is, as the service spells it
 * @param connectionId the connection
 */
record Login(
    Link link,
    CredentialKind kind,
    String credential,
    boolean ownsSession,
    String endpointId,
    String connectionId) {

  /** The simulated headers of a request. */
  static Map<String, String> headers(CredentialKind kind, String credential, String sdk) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(kind.header(), credential);
    headers.put(Wire.SDK_HEADER, sdk);
    return headers;
  }

  /** The wire's name for a kind of token. */
  static CredentialKind kind(Token token) {
    return switch (token.kind()) {
      case TOKEN_ID, SESSION_TOKEN -> CredentialKind.APP_TOKEN;
      case APP_SECRET -> CredentialKind.APP_SECRET;
      case ADMIN_TOKEN -> CredentialKind.ADMIN_TOKEN;
    };
  }
}
