package io.respoke.spi.contract;

import io.respoke.ClientOptions;
import io.respoke.media.ExternalMedia;
import io.respoke.spi.IceServer;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaBackendProvider;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A backend and its sessions for one test. When it ends, nothing may have broken the rules. */
final class MediaStage implements AutoCloseable {
  private final MediaBackend backend;
  private final List<MediaPeer> peers = new ArrayList<>();
  private final Supplier<Optional<ExternalMedia>> externalMedia;
  private int opened;

  MediaStage(MediaBackendProvider provider) {
    this(provider, Optional::empty);
  }

  MediaStage(MediaBackendProvider provider, Supplier<Optional<ExternalMedia>> externalMedia) {
    this.externalMedia = externalMedia;
    backend =
        provider.backend(ClientOptions.builder().baseUrl("http://127.0.0.1").appId("test").build());
  }

  MediaBackend backend() {
    return backend;
  }

  MediaRequest request(MediaConstraints constraints, MediaDevices devices) {
    return request(constraints, devices, List.of());
  }

  MediaRequest request(
      MediaConstraints constraints, MediaDevices devices, List<IceServer> iceServers) {
    return new MediaRequest(
        "session-" + ++opened, constraints, devices, iceServers, false, externalMedia.get());
  }

  MediaPeer open(MediaConstraints constraints, MediaDevices devices) {
    MediaPeer peer = MediaPeer.open(backend, request(constraints, devices));
    peers.add(peer);
    return peer;
  }

  /** Two that know each other's candidates. */
  Pair pair(MediaConstraints constraints, MediaDevices caller, MediaDevices callee) {
    Pair pair = new Pair(open(constraints, caller), open(constraints, callee));
    MediaPeer.introduce(pair.caller(), pair.callee());
    return pair;
  }

  /** Two that are connected. */
  Pair connect(MediaConstraints constraints, MediaDevices caller, MediaDevices callee) {
    Pair pair = pair(constraints, caller, callee);
    pair.negotiate();
    pair.caller().await("connected");
    pair.callee().await("connected");
    return pair;
  }

  /** Two with an open data channel. */
  Pair connectData() {
    Pair pair = connect(MediaConstraints.dataOnly(), MediaDevices.none(), MediaDevices.none());
    pair.caller().await("open");
    pair.callee().await("open");
    return pair;
  }

  record Pair(MediaPeer caller, MediaPeer callee) {
    void negotiate() {
      caller.negotiateWith(callee);
    }
  }

  @Override
  public void close() {
    peers.forEach(peer -> peer.session().close());
    peers.forEach(peer -> peer.await("closed"));
    backend.close();
    for (MediaPeer peer : peers) {
      if (!peer.violations().isEmpty()) {
        throw new AssertionError(peer.violations() + " in " + peer.told());
      }
    }
  }
}
