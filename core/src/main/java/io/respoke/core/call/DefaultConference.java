package io.respoke.core.call;

import io.respoke.Call;
import io.respoke.Conference;
import io.respoke.protocol.Json;
import io.respoke.protocol.Paths;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A conference as a participant sees it (protocol-calls §5). */
final class DefaultConference implements Conference {
  private final CallHost host;
  private final String id;
  private final Call call;

  DefaultConference(CallHost host, String id, Call call) {
    this.host = host;
    this.id = id;
    this.call = call;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Call call() {
    return call;
  }

  @Override
  public CompletionStage<List<Participant>> participants() {
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

  @Override
  public CompletionStage<Void> leave() {
    return call.hangup();
  }

  @Override
  public CompletionStage<Void> removeParticipant(String endpointId) {
    return remove(endpointId, null);
  }

  @Override
  public CompletionStage<Void> removeParticipant(String endpointId, String connectionId) {
    return remove(endpointId, Objects.requireNonNull(connectionId, "connectionId"));
  }

  private CompletionStage<Void> remove(String endpointId, @Nullable String connectionId) {
    JsonObject data =
        connectionId == null ? null : Json.object().add("connectionId", connectionId).build();
    return host.expose(
        host.request("delete", Paths.participant(id, endpointId), data).thenApply(answer -> null));
  }

  @Override
  public CompletionStage<Void> destroy() {
    return host.expose(
        host.request("delete", Paths.conference(id), null).thenApply(answer -> null));
  }

  @Override
  public String toString() {
    return "Conference[" + id + "]";
  }
}
