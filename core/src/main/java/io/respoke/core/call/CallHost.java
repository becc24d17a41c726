package io.respoke.core.call;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Endpoint;
import io.respoke.core.event.EventDispatcher;
import io.respoke.core.event.EventSource;
import io.respoke.core.json.JsonBinding;
import io.respoke.core.session.Engine;
import io.respoke.event.RespokeEvent;
import io.respoke.protocol.ApiResponse;
import io.respoke.spi.MediaBackend;
import jakarta.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What calls need of the client they belong to. */
public interface CallHost {
  /** The client. */
  Client client();

  /** Its options as they are now. */
  ClientOptions options();

  /** Where its code runs. */
  Engine engine();

  /** How values become JSON. */
  JsonBinding binding();

  /** How its events are delivered. */
  EventDispatcher events();

  /** The endpoint with this id. */
  Endpoint endpoint(String id);

  /** The events of an endpoint. */
  EventSource eventsOf(String endpointId);

  /**
   * Whether anybody would be told of such an event of a call or direct connection to come.
   *
   * @param endpointId whom it would be with, or {@code null} for none; it does not become known
   */
  boolean isHeard(@Nullable String endpointId, Class<? extends RespokeEvent> type);

  /** Whether this client has, or has had, that connection. */
  boolean isOwnConnection(@Nullable String connectionId);

  /** Sends a request; the future is completed on the serial context. */
  CompletableFuture<ApiResponse> request(String method, String path, @Nullable JsonObject data);

  /** Sends a signal; on the serial context, before anything else that waits there. */
  CompletableFuture<ApiResponse> signal(JsonObject data);

  /**
   * As {@link #signal}, also when as many requests are under way as there may be: for the bye of a
   * session, of which there is one for each.
   */
  CompletableFuture<ApiResponse> bye(JsonObject data);

  /** A future of the engine as one for callers. */
  <T> CompletionStage<T> expose(CompletableFuture<T> future);

  /**
   * The media backend, opened when first asked for.
   *
   * @param external whether the media is done elsewhere
   */
  CompletableFuture<MediaBackend> media(boolean external);
}
