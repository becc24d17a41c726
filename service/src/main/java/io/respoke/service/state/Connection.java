package io.respoke.service.state;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One registered socket of an endpoint. */
public final class Connection implements Outbound {
  /** What a connection is until it says otherwise. */
  public static final String UNAVAILABLE = "unavailable";

  private final String id = Ids.upper();
  private final String endpointId;
  private final AppSpace space;
  private final ConnectionTraits traits;
  private final Outbound outbound;
  private final Set<String> groups = new LinkedHashSet<>();
  private @Nullable JsonObject presence;

  /** A connection that is not in any registry yet. */
  public Connection(AppSpace space, String endpointId, ConnectionTraits traits, Outbound outbound) {
    this.space = space;
    this.endpointId = endpointId;
    this.traits = traits;
    this.outbound = outbound;
  }

  /** Its id: an upper-case UUID. */
  public String id() {
    return id;
  }

  /** Whose it is. */
  public String endpointId() {
    return endpointId;
  }

  /** The app it is in. */
  public AppSpace space() {
    return space;
  }

  /** What is known of its client. */
  public ConnectionTraits traits() {
    return traits;
  }

  /** The groups it is in; kept by {@link GroupDirectory}. */
  public Set<String> groups() {
    return Collections.unmodifiableSet(groups);
  }

  Set<String> mutableGroups() {
    return groups;
  }

  /** Its presence as posted, or {@code null}. */
  public @Nullable JsonObject presence() {
    return presence;
  }

  /** Replaces its presence. */
  public void presence(JsonObject value) {
    presence = value;
  }

  /** The type of its presence: what was posted, or {@link #UNAVAILABLE}. */
  public JsonValue presenceType() {
    JsonValue type = presence == null ? null : presence.get("type");
    return type == null || type == JsonValue.NULL ? Json.string(UNAVAILABLE) : type;
  }

  @Override
  public void send(String frame) {
    outbound.send(frame);
  }

  /** As the answer of {@code POST /v1/connections} (protocol-wire §4.2). */
  public JsonObject toJson() {
    JsonObjectBuilder out =
        Json.object()
            .add("id", id)
            .add("endpointId", endpointId)
            .add("appId", space.app().id())
            .add("accountId", space.app().accountId())
            .add("ipAddress", traits.ipAddress())
            .add("clientType", traits.clientType().toUpperCase(Locale.ROOT));
    out.add("roleId", traits.roleId() == null ? JsonValue.NULL : Json.string(traits.roleId()));
    return out.add("trickleIce", false)
        .add("iceFinalCandidates", traits.iceFinalCandidates())
        .add("type", "websocket")
        .build();
  }

  /** As a member of a group. */
  public JsonObject member() {
    return Json.object().add("endpointId", endpointId).add("connectionId", id).build();
  }
}
