package io.respoke.service.state;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One app of the account.
 *
 * @param id the appId
 * @param secretDigest the digest of the App-Secret, see {@link Ids#digest}
 * @param name for people
 * @param description for people
 * @param accountId the account that owns it
 * @param developmentMode whether clients may make their own tokens
 * @param permittedDomains origins that may connect from a browser; empty for all
 * @param allowRolelessTokens whether a brokered token may name no role
 * @param defaultRoleId the id of the built-in role of tokens that name none
 * @param developmentRoleId the id of the built-in role of tokens made in development mode
 * @param historyMaxAge how long group messages are kept, in milliseconds; 0 for ever
 * @param historyPerGroup how many messages of a group are kept; 0 for all
 * @param createdAt epoch milliseconds
 */
public record App(
    String id,
    String secretDigest,
    String name,
    String description,
    String accountId,
    boolean developmentMode,
    List<String> permittedDomains,
    boolean allowRolelessTokens,
    String defaultRoleId,
    String developmentRoleId,
    long historyMaxAge,
    int historyPerGroup,
    long createdAt) {

  /** Copies the list. */
  public App {
    permittedDomains = List.copyOf(permittedDomains);
  }

  /** Whether a page of this origin may connect; always, without an origin or a list. */
  public boolean permits(@Nullable String origin) {
    if (origin == null || permittedDomains.isEmpty()) {
      return true;
    }
    String host = host(origin);
    for (String domain : permittedDomains) {
      String wanted = domain.toLowerCase(Locale.ROOT);
      if (wanted.equals(origin.toLowerCase(Locale.ROOT))
          || host.equals(wanted)
          || host.endsWith('.' + wanted)) {
        return true;
      }
    }
    return false;
  }

  private static String host(String origin) {
    try {
      String host = URI.create(origin).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** As the REST routes show it (protocol-wire §8.3), but for the secret, which nobody knows. */
  public JsonObject toJson() {
    JsonObjectBuilder out =
        Json.object()
            .add("id", id)
            .add("name", name)
            .add("description", description)
            .add("accountId", accountId)
            .add("locked", false)
            .add("developmentMode", developmentMode)
            .add("createdAt", IsoTime.of(createdAt))
            .add("updatedAt", IsoTime.of(createdAt));
    if (permittedDomains.isEmpty()) {
      out.add("permittedDomains", JsonValue.NULL);
    } else {
      out.add("permittedDomains", Json.strings(permittedDomains));
    }
    return out.build();
  }

  /** Without the digest. */
  @Override
  public String toString() {
    return "App[id=" + id + ", name=" + name + ", developmentMode=" + developmentMode + "]";
  }
}
