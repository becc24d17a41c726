package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.protocol.Role.ConferencePermission;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.CallSession;
import io.respoke.service.state.CallSession.Party;
import io.respoke.service.state.CallSession.Side;
import io.respoke.service.state.Connection;
import jakarta.json.JsonArrayBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conferences (protocol-calls §5). This service mixes no media: a connection that registers as the
 * host of a conference gets the calls to it, and whoever it answers is a participant.
 */
final class ConferenceRoutes {
  private final Access access;
  private final CallWatch calls;

  ConferenceRoutes(Access access, CallWatch calls) {
    this.access = access;
    this.calls = calls;
  }

  void addTo(Router router) {
    router
        .add("post", "conferences/{}/host", this::host)
        .add("delete", "conferences/{}/host", this::leave)
        .add("get", "conferences/{}/participants", this::participants)
        .add("delete", "conferences/{}/participants/{}", this::remove)
        .add("delete", "conferences/{}", this::destroy);
  }

  private Answer host(Request request) {
    AppSpace space = access.space(request);
    Connection own = Access.connection(request);
    Access.permit(request, ConferencePermission.HOST, request.value(0));
    calls.endOrphans(space, request.now()); // a host that comes back finds its place free
    if (!space.conferences().host(request.value(0), own)) {
      throw new Refused(409, "Conference " + request.value(0) + " has another host.");
    }
    return Answer.of(Json.object().add("id", request.value(0)).build());
  }

  private Answer leave(Request request) {
    AppSpace space = access.space(request);
    if (space.conferences().host(request.value(0)) != Access.connection(request)) {
      throw new Refused(409, "This connection does not host conference " + request.value(0) + ".");
    }
    return end(request, space, Side.CALLEE);
  }

  private Answer participants(Request request) {
    JsonArrayBuilder out = Json.array();
    for (CallSession session : access.space(request).calls().ofConference(request.value(0))) {
      if (session.answered()) {
        Party caller = session.party(Side.CALLER);
        out.add(
            Json.object()
                .add("endpointId", caller.address())
                .add("connectionId", connection(caller)));
      }
    }
    return Answer.of(out.build());
  }

  private static String connection(Party party) {
    return party.connectionId() == null ? Events.NO_CONNECTION : party.connectionId();
  }

  private Answer remove(Request request) {
    AppSpace space = access.space(request);
    permit(request, space, ConferencePermission.REMOVE_PARTICIPANTS);
    String connectionId = request.text("connectionId");
    List<CallSession> found = new ArrayList<>();
    for (CallSession session : space.calls().ofConference(request.value(0))) {
      Party caller = session.party(Side.CALLER);
      if (caller.address().equals(request.value(1))
          && (connectionId == null || connectionId.equalsIgnoreCase(caller.connectionId()))) {
        found.add(session);
      }
    }
    if (found.isEmpty()) {
      throw new Refused(404, "No such participant: " + request.value(1) + ".");
    }
    return Answer.success()
        .then(
            () ->
                found.forEach(
                    session -> calls.end(space, session, null, "removed", request.now())));
  }

  private Answer destroy(Request request) {
    AppSpace space = access.space(request);
    permit(request, space, ConferencePermission.DESTROY);
    if (space.conferences().host(request.value(0)) == null) {
      throw new Refused(404, "No such conference: " + request.value(0) + ".");
    }
    return end(request, space, null);
  }

  /** The host may do all with its own conference. */
  private static void permit(Request request, AppSpace space, ConferencePermission permission) {
    Connection host = space.conferences().host(request.value(0));
    if (host == null || host != request.connection()) {
      Access.permit(request, permission, request.value(0));
    }
  }

  private Answer end(Request request, AppSpace space, @Nullable Side silent) {
    String id = request.value(0);
    return Answer.success()
        .then(
            () -> {
              for (CallSession session : space.calls().ofConference(id)) {
                calls.end(space, session, silent, "conference ended", request.now());
              }
              Connection unused = space.conferences().remove(id);
            });
  }
}
