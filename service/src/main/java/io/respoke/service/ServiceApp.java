package io.respoke.service;

/**
 * One app of the service, with what its owner needs to know.
 *
 * @param id the appId
 * @param secret the App-Secret: full authority over the app; empty for an app of an earlier start,
 *     of which only a digest was kept
 * @param accountId the account it belongs to
 * @param defaultRoleId the built-in role {@code default}, which allows everything
 * @param developmentMode whether clients may connect without a broker
 */
public record ServiceApp(
    String id, String secret, String accountId, String defaultRoleId, boolean developmentMode) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "ServiceApp[id="
        + id
        + ", accountId="
        + accountId
        + ", defaultRoleId="
        + defaultRoleId
        + ", developmentMode="
        + developmentMode
        + "]";
  }
}
