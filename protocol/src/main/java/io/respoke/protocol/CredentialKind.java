package io.respoke.protocol;

/**
 * The three credentials of the platform, with their names on the wire (protocol-wire §1.2, §2.2).
 */
public enum CredentialKind {
  /** A session token: the authority of one endpoint. */
  APP_TOKEN("App-Token", "app-token"),
  /** An app's secret: full authority over one app. */
  APP_SECRET("App-Secret", "app-secret"),
  /** An administrator's session: authority over an account. */
  ADMIN_TOKEN("Admin-Token", "admin-token");

  private final String header;
  private final String parameter;

  CredentialKind(String header, String parameter) {
    this.header = header;
    this.parameter = parameter;
  }

  /** The header's name, in HTTP and in the simulated headers of a socket request. */
  public String header() {
    return header;
  }

  /** The name of the handshake's query parameter. */
  public String parameter() {
    return parameter;
  }
}
