package io.respoke.spi;

import io.respoke.media.ExternalMedia;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a media session is opened with.
 *
 * @param sessionId the call's id; all tracks sent belong to the one stream {@code
 *     respoke-<sessionId>}, which respoke.js needs to see them
 * @param constraints what it is to carry
 * @param devices the application's media
 * @param iceServers where to gather candidates; may be empty
 * @param relayOnly whether only relayed candidates may be used
 * @param externalMedia who does the media instead; the engine gives such requests to a backend of
 *     its own, never to a plug-in
 */
public record MediaRequest(
    String sessionId,
    MediaConstraints constraints,
    MediaDevices devices,
    List<IceServer> iceServers,
    boolean relayOnly,
    Optional<ExternalMedia> externalMedia) {
  /** Checks for null, and copies. */
  public MediaRequest {
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(constraints, "constraints");
    Objects.requireNonNull(devices, "devices");
    iceServers = List.copyOf(iceServers);
    Objects.requireNonNull(externalMedia, "externalMedia");
  }
}
