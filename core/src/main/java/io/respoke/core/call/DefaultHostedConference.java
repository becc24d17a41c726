package io.respoke.core.call;

import io.respoke.Client;
import io.respoke.Conference.Participant;
import io.respoke.HostedConference;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A conference as its host sees it. */
final class DefaultHostedConference implements HostedConference {
  private final CallHost host;
  private final ConferenceRequests requests;
  private final String id;
  private final Runnable onClose;

  DefaultHostedConference(CallHost host, String id, Runnable onClose) {
    this.host = host;
    requests = new ConferenceRequests(host, id);
    this.id = id;
    this.onClose = onClose;
  }

  /** Asks to be the host. */
  CompletableFuture<Void> open() {
    return requests.host();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Client client() {
    return host.client();
  }

  @Override
  public CompletionStage<List<Participant>> participants() {
    return requests.participants();
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
  public CompletionStage<Void> close() {
    onClose.run();
    return host.expose(requests.leaveHost());
  }

  @Override
  public String toString() {
    return "HostedConference[" + id + "]";
  }
}
