package io.respoke;

import io.respoke.event.RespokeEvent;
import io.respoke.media.VideoSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Somebody to talk to: a named identity in the app, with any number of connections. One object per
 * id and client, kept for the client's life, across reconnects.
 */
public interface Endpoint {
  /** The id, as it was asked for; opaque and case-sensitive. */
  String id();

  /** The client it belongs to. */
  Client client();

  /**
   * The resolved presence: {@code unavailable} until {@link #observePresence()} has answered, and
   * while the client is disconnected.
   */
  Presence presence();

  /** Its known connections, in the order they became known. A snapshot. */
  List<Connection> connections();

  /** One known connection. */
  Optional<Connection> connection(String connectionId);

  /**
   * Sends a message to all its connections, with a copy to this endpoint's own other connections.
   *
   * @param message a string, a {@link jakarta.json.JsonValue}, or anything JSON-B can bind
   * @return completed when the service has taken the message; that says nothing about delivery
   */
  CompletionStage<Void> sendMessage(Object message);

  /** As {@link #sendMessage(Object)}, with options. */
  CompletionStage<Void> sendMessage(Object message, MessageOptions options);

  /**
   * Starts observing its presence: changes come as {@link io.respoke.event.PresenceChanged} until
   * {@link Client#disconnect()}, reconnects included. Observing twice is one registration.
   *
   * @return completed with the presence at this time
   */
  CompletionStage<Presence> observePresence();

  /**
   * Calls all its connections with audio, and video if the options say so. No I/O on this thread;
   * what goes wrong ends the call.
   *
   * @throws ConnectionLostException while the client is not connected
   */
  Call startCall(CallOptions options);

  /** Calls with audio; {@link #startCall}. */
  default Call startAudioCall(CallOptions options) {
    return startCall(options.toBuilder().audio(true).video(false).build());
  }

  /** Calls with audio and video; {@link #startCall}. */
  default Call startVideoCall(CallOptions options) {
    return startCall(options.toBuilder().audio(true).video(true).build());
  }

  /** Shows video to the endpoint as a screen, and receives nothing; {@link #startCall}. */
  default Call startScreenShare(VideoSource screen) {
    return startCall(
        CallOptions.builder()
            .target(CallTarget.SCREEN_SHARE)
            .audio(false)
            .video(true)
            .camera(screen)
            .sendOnly(true)
            .build());
  }

  /**
   * Offers a direct connection to all its connections.
   *
   * @throws ConnectionLostException while the client is not connected
   */
  DirectConnection startDirectConnection(DirectConnectionOptions options);

  /** Offers a direct connection to all its connections. */
  default DirectConnection startDirectConnection() {
    return startDirectConnection(DirectConnectionOptions.defaults());
  }

  /** Listens to events of this endpoint only: messages from it, its presence. */
  <E extends RespokeEvent> Subscription listen(Class<E> type, Consumer<? super E> listener);
}
