package io.respoke;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A conference this client takes part in. The media is that of {@link #call()}; the host mixes it.
 */
public interface Conference {
  /** The id. */
  String id();

  /** This client's part. */
  Call call();

  /**
   * Who takes part.
   *
   * @param endpointId an endpoint
   * @param connectionId its connection
   */
  record Participant(String endpointId, String connectionId) {}

  /** Who takes part at this moment. */
  CompletionStage<List<Participant>> participants();

  /** Ends this client's part. Never fails. */
  CompletionStage<Void> leave();

  /** Removes all connections of an endpoint, if the role allows it. */
  CompletionStage<Void> removeParticipant(String endpointId);

  /** Removes one connection of an endpoint, if the role allows it. */
  CompletionStage<Void> removeParticipant(String endpointId, String connectionId);

  /** Ends the conference for everybody, if the role allows it. */
  CompletionStage<Void> destroy();
}
