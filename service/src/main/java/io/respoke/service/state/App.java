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
 * @param secret the App-Secret; never written to a log
 * @param name for people
 * @param description for people
 * @param accountId the account that owns it
 * @param developmentMode whether clients may make their own tokens
 * @param permittedDomains origins that may connect from a browser; empty for all
 * @param allowRolelessTokens whether a brokered token may name no role
 * @param createdAt epoch milliseconds
 */
public record App(
    String id,
    String secret,
    String name,
    String description,
    String accountId,
    boolean developmentMode,
    List<String> permittedDomains,
    boolean allowRolelessTokens,
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

  /** As the REST routes show it (protocol-wire §8.3). The secret is part of that answer. */
  public JsonObject toJson() {
    JsonObjectBuilder out =
        Json.object()
            .add("id", id)
            .add("secret", secret)
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

  /** Without the secret. */
  @Override
  public String toString() {
    return "App[id=" + id + ", name=" + name + ", developmentMode=" + developmentMode + "]";
  }
}
