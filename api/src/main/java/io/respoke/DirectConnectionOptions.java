package io.respoke;

import io.respoke.media.ExternalMedia;
import jakarta.json.JsonValue;
import java.util.Objects;
import java.util.Optional;

/**
 * How a direct connection is made. Immutable.
 *
 * @param connectionId only this connection of the endpoint is asked; default all. Outgoing only
 * @param metadata attached to the offer; default none. Outgoing only
 * @param relayOnly whether data goes through a TURN server only; default false
 * @param noRelay whether TURN servers are not used; default false
 * @param externalMedia who does the data channel instead of the media backend; default nobody
 */
public record DirectConnectionOptions(
    Optional<String> connectionId,
    Optional<JsonValue> metadata,
    boolean relayOnly,
    boolean noRelay,
    Optional<ExternalMedia> externalMedia) {
  private static final DirectConnectionOptions DEFAULTS =
      new DirectConnectionOptions(
          Optional.empty(), Optional.empty(), false, false, Optional.empty());

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if both {@code relayOnly} and {@code noRelay} are set
   */
  public DirectConnectionOptions {
    Objects.requireNonNull(connectionId, "connectionId");
    Objects.requireNonNull(metadata, "metadata");
    Objects.requireNonNull(externalMedia, "externalMedia");
    if (relayOnly && noRelay) {
      throw new IllegalArgumentException("relayOnly and noRelay exclude each other");
    }
  }

  /** All defaults. */
  public static DirectConnectionOptions defaults() {
    return DEFAULTS;
  }

  /** A copy for one connection. */
  public DirectConnectionOptions withConnectionId(String connectionId) {
    return new DirectConnectionOptions(
        Optional.of(connectionId), metadata, relayOnly, noRelay, externalMedia);
  }

  /** A copy with metadata. */
  public DirectConnectionOptions withMetadata(JsonValue metadata) {
    return new DirectConnectionOptions(
        connectionId, Optional.of(metadata), relayOnly, noRelay, externalMedia);
  }

  /** A copy that goes through a TURN server only; respoke.js's {@code forceTurn}. */
  public DirectConnectionOptions withRelayOnly() {
    return new DirectConnectionOptions(connectionId, metadata, true, false, externalMedia);
  }

  /** A copy that uses no TURN server; respoke.js's {@code disableTurn}. */
  public DirectConnectionOptions withNoRelay() {
    return new DirectConnectionOptions(connectionId, metadata, false, true, externalMedia);
  }

  /** A copy whose data channel is done elsewhere. */
  public DirectConnectionOptions withExternalMedia(ExternalMedia media) {
    return new DirectConnectionOptions(
        connectionId, metadata, relayOnly, noRelay, Optional.of(media));
  }
}
