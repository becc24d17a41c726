package io.respoke.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code POST /v1/tokens} (protocol-wire §1.4). Times are seconds since 1970.
 *
 * @param tokenId the token; the wire repeats it as {@code id}
 * @param roleId the role, or {@code null} for a development-mode token
 */
public record TokenGrant(
    String tokenId,
    @Nullable String appId,
    @Nullable String endpointId,
    @Nullable String roleId,
    @Nullable String accountId,
    long createTime,
    long expiryTime,
    boolean forDevelopment,
    @Nullable String createdAt) {

  /**
   * Reads the answer.
   *
   * @throws MalformedJsonException if it holds neither {@code tokenId} nor {@code id}
   */
  public static TokenGrant of(JsonObject json) {
    String tokenId = Json.text(json, "tokenId");
    if (tokenId == null || tokenId.isEmpty()) {
      tokenId = Json.text(json, "id");
    }
    if (tokenId == null || tokenId.isEmpty()) {
      throw new MalformedJsonException("token answer without a tokenId", Json.write(json));
    }
    Long created = Json.whole(json, "createTime");
    Long expires = Json.whole(json, "expiryTime");
    return new TokenGrant(
        tokenId,
        Json.text(json, "appId"),
        Json.text(json, "endpointId"),
        Json.text(json, "roleId"),
        Json.text(json, "accountId"),
        created == null ? 0 : created,
        expires == null ? 0 : expires,
        Json.bool(json, "forDevelopment", false),
        Json.text(json, "createdAt"));
  }

  /**
   * The JSON form. {@code roleId} is JSON null when absent, as recorded; other nulls are left out.
   */
  public JsonObject toJson() {
    JsonObjectBuilder out = Json.object();
    add(out, "appId", appId);
    add(out, "endpointId", endpointId);
    out.add("roleId", roleId == null ? JsonValue.NULL : Json.string(roleId));
    add(out, "accountId", accountId);
    out.add("createTime", createTime)
        .add("expiryTime", expiryTime)
        .add("id", tokenId)
        .add("forDevelopment", forDevelopment);
    add(out, "createdAt", createdAt);
    return out.add("tokenId", tokenId).build();
  }

  private static void add(JsonObjectBuilder out, String name, @Nullable String value) {
    if (value != null) {
      out.add(name, value);
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "TokenGrant[endpointId=" + endpointId + ", roleId=" + roleId + "]";
  }
}
