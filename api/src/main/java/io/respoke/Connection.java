package io.respoke;

import java.util.concurrent.CompletionStage;

/** One login of an endpoint. */
public interface Connection {
  /** The id the service gave it. */
  String id();

  /** Whose it is. */
  Endpoint endpoint();

  /** What it announced; {@code unavailable} when that is not known. */
  Presence presence();

  /**
   * Sends a message to this connection only, without a copy to own connections.
   *
   * @param message as in {@link Endpoint#sendMessage(Object)}
   */
  CompletionStage<Void> sendMessage(Object message);

  /** As {@link #sendMessage(Object)}, with options. */
  CompletionStage<Void> sendMessage(Object message, MessageOptions options);

  /** Calls this connection only; {@link Endpoint#startCall}. */
  default Call startCall(CallOptions options) {
    return endpoint().startCall(options.toBuilder().connectionId(id()).build());
  }

  /** Calls this connection only, with audio. */
  default Call startAudioCall(CallOptions options) {
    return endpoint().startAudioCall(options.toBuilder().connectionId(id()).build());
  }

  /** Calls this connection only, with audio and video. */
  default Call startVideoCall(CallOptions options) {
    return endpoint().startVideoCall(options.toBuilder().connectionId(id()).build());
  }

  /** Offers a direct connection to this connection only. */
  default DirectConnection startDirectConnection() {
    return endpoint()
        .startDirectConnection(DirectConnectionOptions.defaults().withConnectionId(id()));
  }
}
