package io.respoke.core.call;

import io.respoke.Conference.Participant;
import io.respoke.protocol.Json;
import io.respoke.protocol.Paths;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What may be asked of one conference, by its host and by participants (protocol-calls §5). */
final class ConferenceRequests {
  private final CallHost host;
  private final String id;

  ConferenceRequests(CallHost host, String id) {
    this.host = host;
    this.id = id;
  }

  CompletionStage<List<Participant>> participants() {
    return host.expose(
        host.request("get", Paths.participants(id), null)
            .thenApply(answer -> participants(answer.body())));
  }

  private static List<Participant> participants(JsonValue answer) {
    List<Participant> participants = new ArrayList<>();
    if (answer instanceof JsonArray array) {
      for (JsonValue value : array) {
        if (value instanceof JsonObject one) {
          String endpointId = Json.text(one, "endpointId");
          String connectionId = Json.text(one, "connectionId");
          if (endpointId != null) {
            participants.add(new Participant(endpointId, connectionId == null ? "" : connectionId));
          }
        }
      }
    }
    return List.copyOf(participants);
  }

  CompletionStage<Void> remove(String endpointId, @Nullable String connectionId) {
    JsonObject data =
        connectionId == null ? null : Json.object().add("connectionId", connectionId).build();
    return host.expose(request("delete", Paths.participant(id, endpointId), data));
  }

  CompletionStage<Void> destroy() {
    return host.expose(request("delete", Paths.conference(id), null));
  }

  /** Makes this connection the host. */
  CompletableFuture<Void> host() {
    return request("post", Paths.conferenceHost(id), null);
  }

  /** Is the host no longer. */
  CompletableFuture<Void> leaveHost() {
    return request("delete", Paths.conferenceHost(id), null);
  }

  private CompletableFuture<Void> request(String method, String path, @Nullable JsonObject data) {
    return host.request(method, path, data).thenApply(answer -> null);
  }
}
