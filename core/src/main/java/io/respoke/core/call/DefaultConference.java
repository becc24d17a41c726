package io.respoke.core.call;

import io.respoke.Call;
import io.respoke.Conference;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** A conference as a participant sees it. */
final class DefaultConference implements Conference {
  private final ConferenceRequests requests;
  private final String id;
  private final Call call;

  DefaultConference(CallHost host, String id, Call call) {
    requests = new ConferenceRequests(host, id);
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
    return requests.participants();
  }

  @Override
  public CompletionStage<Void> leave() {
    return call.hangup();
  }

  @Override
  public CompletionStage<Void> removeParticipant(String endpointId) {
    return requests.remove(endpointId, null);
  }

  @Override
  public CompletionStage<Void> removeParticipant(String endpointId, String connectionId) {
    return requests.remove(endpointId, Objects.requireNonNull(connectionId, "connectionId"));
  }

  @Override
  public CompletionStage<Void> destroy() {
    return requests.destroy();
  }

  @Override
  public String toString() {
    return "Conference[" + id + "]";
  }
}
