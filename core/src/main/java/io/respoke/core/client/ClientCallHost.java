package io.respoke.core.client;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Endpoint;
import io.respoke.core.call.CallHost;
import io.respoke.core.event.EventDispatcher;
import io.respoke.core.event.EventSource;
import io.respoke.core.json.JsonBinding;
import io.respoke.core.session.Engine;
import io.respoke.event.RespokeEvent;
import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.Paths;
import io.respoke.spi.MediaBackend;
import jakarta.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A client as its calls see it. */
final class ClientCallHost implements CallHost {
  private final ClientContext context;
  private final MediaBackends media;

  ClientCallHost(ClientContext context, MediaBackends media) {
    this.context = context;
    this.media = media;
  }

  @Override
  public Client client() {
    return context.client();
  }

  @Override
  public ClientOptions options() {
    return context.driver().options();
  }

  @Override
  public Engine engine() {
    return context.engine();
  }

  @Override
  public JsonBinding binding() {
    return context.binding();
  }

  @Override
  public EventDispatcher events() {
    return context.events();
  }

  @Override
  public Endpoint endpoint(String id) {
    return context.endpoints().get(id);
  }

  @Override
  public EventSource eventsOf(String endpointId) {
    return context.endpoints().get(endpointId).source();
  }

  @Override
  public boolean isHeard(@Nullable String endpointId, Class<? extends RespokeEvent> type) {
    DefaultEndpoint known = endpointId == null ? null : context.endpoints().known(endpointId);
    return context
        .events()
        .isWanted(known == null ? context.events().clientSource() : known.source(), type);
  }

  @Override
  public boolean isOwnConnection(@Nullable String connectionId) {
    return context.client().session().wasOwnConnection(connectionId);
  }

  @Override
  public CompletableFuture<ApiResponse> request(
      String method, String path, @Nullable JsonObject data) {
    return context.request(method, path, data);
  }

  @Override
  public CompletableFuture<ApiResponse> signal(JsonObject data) {
    return context.driver().requestAtOnce("post", Paths.SIGNALING, data);
  }

  @Override
  public CompletableFuture<ApiResponse> bye(JsonObject data) {
    return context.driver().requestBeyondLimit("post", Paths.SIGNALING, data);
  }

  @Override
  public <T> CompletionStage<T> expose(CompletableFuture<T> future) {
    return context.expose(future);
  }

  @Override
  public CompletableFuture<MediaBackend> media(boolean external) {
    return media.of(external);
  }
}
