package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.protocol.Role;
import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Connection;
import io.respoke.service.state.Session;
import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a caller may do, and as whom. */
final class Access {
  private final AppRegistry apps;

  Access(AppRegistry apps) {
    this.apps = apps;
  }

  /** Refuses callers without a valid credential. */
  static void authenticated(Request request) {
    if (request.caller() instanceof Caller.Anonymous) {
      throw new Refused(
          401, "Not authenticated: an App-Token, an App-Secret or an Admin-Token is required.");
    }
    if (request.caller() instanceof Caller.Rejected rejected) {
      throw new Refused(
          401,
          "Not authenticated: the " + rejected.kind().header() + " is invalid or has expired.");
    }
  }

  /** Refuses all but an app's server and an administrator. */
  static void trusted(Request request) {
    authenticated(request);
    if (request.caller() instanceof Caller.Member) {
      throw new Refused(403, "Not authorized: an App-Secret or an Admin-Token is required.");
    }
  }

  /** Refuses all but an administrator. */
  static void administrator(Request request) {
    trusted(request);
    if (!(request.caller() instanceof Caller.Administrator)) {
      throw new Refused(403, "Not authorized: an Admin-Token is required.");
    }
  }

  /** The app a request is about; an administrator names it, unless there is only one. */
  AppSpace space(Request request) {
    authenticated(request);
    if (request.caller() instanceof Caller.Member member) {
      return member.session().space();
    }
    String appId = request.text("appId");
    if (request.caller() instanceof Caller.AppServer server) {
      if (appId != null && !appId.equalsIgnoreCase(server.space().app().id())) {
        throw new Refused(403, "Not authorized: the App-Secret belongs to another app.");
      }
      return server.space();
    }
    Connection own = request.connection();
    if (appId == null && own != null) {
      return own.space();
    }
    if (appId == null && apps.all().size() == 1) {
      return apps.all().iterator().next();
    }
    if (appId == null) {
      throw new Refused(Answer.missing(List.of("appId")));
    }
    AppSpace found = apps.byId(appId);
    if (found == null) {
      throw new Refused(404, "Object 'Apps' not found.");
    }
    return found;
  }

  /** The registered connection of the socket the request came through, if it is the caller's. */
  static Connection connection(Request request) {
    authenticated(request);
    Connection own = request.connection();
    SocketPeer peer = request.peer();
    if (own == null && peer != null && peer.connection() != null) {
      throw new Refused(
          403, "Not authorized: the socket is the connection of another endpoint or app.");
    }
    if (own == null) {
      throw new Refused(409, "Not connected: POST /v1/connections over this socket comes first.");
    }
    return own;
  }

  /** The role of an endpoint; {@code null} when it was deleted meanwhile. */
  static @Nullable Role role(Session session) {
    return session.space().roles().find(session.role());
  }

  /** Refuses an endpoint whose role does not allow this; names what is missing. */
  static void permit(Request request, Role.GroupPermission permission, String group) {
    if (request.caller() instanceof Caller.Member member) {
      Role role = role(member.session());
      if (role == null || !role.allows(permission, group)) {
        throw new Refused(403, "Missing permission: groups." + group + "." + permission.key());
      }
    }
  }

  /** Refuses an endpoint whose role does not allow this with a conference. */
  static void permit(Request request, Role.ConferencePermission permission, String conference) {
    authenticated(request);
    if (request.caller() instanceof Caller.Member member) {
      Role role = role(member.session());
      if (role == null || !role.allows(permission, conference)) {
        throw new Refused(
            403, "Missing permission: conferences." + conference + "." + permission.key());
      }
    }
  }

  /** Refuses an endpoint whose role does not let it {@code subscribe} to the app's events. */
  static void permitEvents(Request request, String permission) {
    if (request.caller() instanceof Caller.Member member) {
      Role role = role(member.session());
      JsonObject events = role == null ? null : Json.object(role.json(), "events");
      if (events == null || !Json.bool(events, permission, false)) {
        throw new Refused(403, "Missing permission: events." + permission);
      }
    }
  }

  /** Refuses an endpoint whose role does not allow calls to a telephone number. */
  static void permitNumber(Request request, String number) {
    if (request.caller() instanceof Caller.Member member) {
      Role role = role(member.session());
      if (role == null || !role.mayCall(number)) {
        throw new Refused(403, "Missing permission: pstnOut " + number);
      }
    }
  }

  /** Refuses an endpoint that acts for another one. */
  static void own(Request request, String endpointId) {
    if (request.caller() instanceof Caller.Member member
        && !member.session().endpointId().equals(endpointId)) {
      throw new Refused(403, "Not authorized: the token belongs to another endpoint.");
    }
  }
}
