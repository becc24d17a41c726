package io.respoke.service.routes;

import io.respoke.protocol.EventHeader;
import io.respoke.service.routes.SignalDelivery.Parcel;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.CallSession;
import io.respoke.service.state.CallSession.Party;
import io.respoke.service.state.CallSession.Side;
import io.respoke.service.state.CallSessions;
import io.respoke.service.state.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends the calls that their clients would leave hanging (protocol-calls §8 #6, #7). */
public final class CallWatch {
  /** Why a call ends that nobody answered. */
  static final String NO_ANSWER = "no answer";

  /** Why a call ends whose other side has gone. */
  static final String LOST = "connection lost";

  private final SignalDelivery delivery;
  private final Duration ringing;
  private final Duration grace;

  CallWatch(SignalDelivery delivery, Duration ringing, Duration grace) {
    this.delivery = delivery;
    this.ringing = ringing;
    this.grace = grace;
  }

  /** Does what is due, in one app. */
  public void tick(AppSpace space, long now) {
    endOrphans(space, now);
    for (CallSessions.Ended over :
        space.calls().sweep(space.connections(), ringing.toMillis(), grace.toMillis(), now)) {
      tell(space, over.session(), over.lost(), over.lost() == null ? NO_ANSWER : LOST, now);
    }
  }

  /** Ends the conferences whose host is gone. */
  void endOrphans(AppSpace space, long now) {
    for (String conference : space.conferences().sweep(space.connections())) {
      for (CallSession session : space.calls().ofConference(conference)) {
        end(space, session, Side.CALLEE, LOST, now);
      }
    }
  }

  /** Does what is due for all apps: descriptions that have waited for candidates go. */
  public void tick(long now) {
    delivery.tick(now);
  }

  /**
   * Ends a session and says so.
   *
   * @param silent the side that is not told, or {@code null} to tell both
   */
  void end(AppSpace space, CallSession session, @Nullable Side silent, String reason, long now) {
    session.end(now);
    tell(space, session, silent, reason, now);
  }

  private void tell(
      AppSpace space, CallSession session, @Nullable Side silent, String reason, long now) {
    AppFeed.ended(space, session, reason, Occasion.at(now));
    for (Side side : Side.values()) {
      if (side == silent) {
        continue;
      }
      Party self = session.party(side);
      Party peer = session.peer(side);
      String from = peer.connectionId() == null ? Events.NO_CONNECTION : peer.connectionId();
      Occasion at = Occasion.at(now);
      EventHeader header =
          EventHeader.from("signal", peer.address(), from)
              .withTo(self.address(), self.connectionId())
              .withTypes(peer.type(), self.type())
              .at(now, at.requestId());
      delivery.send(
          recipients(space, session, side),
          null,
          header,
          Parcel.of("bye", session.id(), SignalBodies.bye(session, reason, self.connectionId())),
          now);
    }
  }

  private static Collection<Connection> recipients(AppSpace space, CallSession session, Side side) {
    Party party = session.party(side);
    boolean ringsElsewhere = side == Side.CALLEE && !session.announced();
    if (party.connectionId() != null && !ringsElsewhere) {
      Connection one = space.connections().byId(party.connectionId());
      return one == null ? List.of() : List.of(one);
    }
    if (party.type().equals("conference")) {
      Connection host = space.conferences().host(party.address());
      return host == null ? List.of() : List.of(host);
    }
    return List.copyOf(space.connections().of(party.endpointId()));
  }
}
