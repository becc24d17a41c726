package io.respoke.core.client;

import io.respoke.Call;
import io.respoke.DirectConnection;
import io.respoke.Endpoint;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An offered session. */
final class Offer implements Call, DirectConnection {
  private final String id;
  private final Endpoint endpoint;
  private final @Nullable String connectionId;
  private final String target;
  private final @Nullable JsonValue metadata;

  Offer(
      String id,
      Endpoint endpoint,
      @Nullable String connectionId,
      String target,
      @Nullable JsonValue metadata) {
    this.id = id;
    this.endpoint = endpoint;
    this.connectionId = connectionId;
    this.target = target;
    this.metadata = metadata;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public Optional<String> connectionId() {
    return Optional.ofNullable(connectionId);
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public Optional<JsonValue> metadata() {
    return Optional.ofNullable(metadata);
  }

  @Override
  public String toString() {
    return "Offer[" + target + " " + id + " from " + endpoint.id() + "]";
  }
}
