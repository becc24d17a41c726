package io.respoke;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A conference that this client hosts: it is called by whoever takes part, and mixes. The calls
 * come as {@link io.respoke.event.IncomingCall}, with {@link Call#calledType()} {@code CONFERENCE}
 * and {@link Call#calledId()} this {@link #id()}; whoever is answered takes part. {@link
 * io.respoke.media.AudioMixer} brings their audio together.
 *
 * <p>When the client's connection is lost, the service ends the participants' calls. The client
 * hosts the conference again as soon as it is back, and reports an {@code ErrorOccurred} when it is
 * not let. With {@link Client#disconnect()} hosting ends for good.
 *
 * <p>Safe for use by any thread; nothing blocks. Stages fail with a {@link
 * RequestRejectedException} when the service refuses, after {@link #close} too, and with a {@link
 * ConnectionLostException} without a connection.
 */
public interface HostedConference {
  /** The id. */
  String id();

  /** The client. */
  Client client();

  /** Who takes part at this moment: those who were answered. */
  CompletionStage<List<Conference.Participant>> participants();

  /** Removes all connections of an endpoint. */
  CompletionStage<Void> removeParticipant(String endpointId);

  /** Removes one connection of an endpoint. */
  CompletionStage<Void> removeParticipant(String endpointId, String connectionId);

  /** Ends the conference: the participants are hung up. */
  CompletionStage<Void> close();
}
