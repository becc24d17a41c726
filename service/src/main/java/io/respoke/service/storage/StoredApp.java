package io.respoke.service.storage;

import java.util.List;

/**
 * An app as it is kept.
 *
 * @param id the appId
 * @param secretDigest the SHA-256 digest of the App-Secret, which itself is not kept
 * @param name for people
 * @param description for people
 * @param developmentMode whether clients may make their own tokens
 * @param permittedDomains origins that may connect from a browser; empty for all
 * @param allowRolelessTokens whether a brokered token may name no role
 * @param defaultRoleId the id of the built-in role {@code default}
 * @param developmentRoleId the id of the built-in role {@code development}
 * @param historyMaxAge how long group messages are kept, in milliseconds; 0 for ever
 * @param historyPerGroup how many messages of a group are kept; 0 for all
 * @param createdAt epoch milliseconds
 */
public record StoredApp(
    String id,
    String secretDigest,
    String name,
    String description,
    boolean developmentMode,
    List<String> permittedDomains,
    boolean allowRolelessTokens,
    String defaultRoleId,
    String developmentRoleId,
    long historyMaxAge,
    int historyPerGroup,
    long createdAt) {
  /** Copies the list. */
  public StoredApp {
    permittedDomains = List.copyOf(permittedDomains);
  }

  /** Without the digest. */
  @Override
  public String toString() {
    return "StoredApp[id=" + id + ", name=" + name + "]";
  }
}
