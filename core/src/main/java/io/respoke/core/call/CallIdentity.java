package io.respoke.core.call;

import io.respoke.protocol.CallerId;
import io.respoke.protocol.OutgoingSignal;
import io.respoke.protocol.Signal;
import jakarta.json.JsonValue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What does not change in the life of a call.
 *
 * @param sessionId its id
 * @param target what it is for, as on the wire
 * @param caller whether this side calls
 * @param remoteType what {@code remoteId} is, as on the wire
 * @param remoteId the other side
 * @param calledType what {@code calledId} is, as on the wire
 * @param calledId what was called: the other side by a caller, else this one or what it answers for
 * @param toConnection the only connection of the other side to ring, or {@code null}
 * @param metadata what the caller says, or {@code null}
 * @param callerId who the caller shows to be, or {@code null}
 * @param signalIds names for signals
 */
record CallIdentity(
    String sessionId,
    String target,
    boolean caller,
    String remoteType,
    String remoteId,
    String calledType,
    String calledId,
    @Nullable String toConnection,
    @Nullable JsonValue metadata,
    @Nullable CallerId callerId,
    Supplier<String> signalIds) {

  /** Whether it is a direct connection. */
  boolean data() {
    return target.equals(Signal.DIRECT_CONNECTION);
  }

  /** Whether the other side is an endpoint. */
  boolean isWeb() {
    return remoteType.equals(OutgoingSignal.WEB);
  }
}
