package io.respoke.service.routes;

import io.respoke.protocol.CredentialKind;
import io.respoke.protocol.Json;
import io.respoke.protocol.Role;
import io.respoke.service.state.App;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Ids;
import io.respoke.service.state.LogText;
import io.respoke.service.state.PasswordHash;
import io.respoke.service.state.Session;
import io.respoke.service.state.SignInLimits;
import io.respoke.service.state.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens, session tokens and the administrators' log-in (protocol-wire §1.4, §1.7). */
final class TokenRoutes {
  private static final System.Logger LOG = System.getLogger(TokenRoutes.class.getName());
  private static final long MIN_TTL = 60;
  private static final long MAX_TTL = 30L * 24 * 60 * 60;
  private static final long DEFAULT_TTL = 21_600;
  private static final int SLOW_LOGINS = 16;

  private final ServiceState state;
  private final Settings settings;
  private final Access access;
  private final SlowWork slowWork;
  private final SessionEnds ends;
  private final SignInLimits signIns = new SignInLimits();
  private int slowLogins;

  TokenRoutes(
      ServiceState state, Settings settings, Access access, SlowWork slowWork, SessionEnds ends) {
    this.state = state;
    this.settings = settings;
    this.access = access;
    this.slowWork = slowWork;
    this.ends = ends;
  }

  void addTo(Router router) {
    router
        .add("post", "tokens", this::mint)
        .add("post", "session-tokens", this::exchange)
        .add("delete", "session-tokens", this::logOut)
        .add("post", "admin-sessions", this::adminLogin);
  }

  private Answer mint(Request request) {
    boolean trusted =
        request.caller() instanceof Caller.AppServer
            || request.caller() instanceof Caller.Administrator;
    if (!trusted
        && request.caller() instanceof Caller.Rejected rejected
        && rejected.kind() != CredentialKind.APP_TOKEN) {
      Access.authenticated(request);
    }
    AppSpace space = trusted ? access.space(request) : developmentApp(request);
    String endpointId = request.required("endpointId");
    String roleId = trusted ? role(request, space) : null;
    String role =
        roleId != null
            ? roleId
            : trusted ? space.roles().defaultId() : space.roles().developmentId();
    long ttl = ttl(request);
    long now = request.now();
    long window = Math.min(ttl * 1000, settings.tokenActivation().toMillis());
    Token token =
        new Token(
            Ids.upper(),
            space,
            endpointId,
            role,
            roleId,
            !trusted,
            now,
            now + ttl * 1000,
            now + window);
    if (!state.tokens().add(token, now)) {
      throw new Refused(503, "Too many tokens wait for their exchange. Try again later.");
    }
    return Answer.of(token.grant().toJson());
  }

  private AppSpace developmentApp(Request request) {
    String appId = request.required("appId");
    AppSpace space = state.apps().byId(appId);
    if (space == null || !space.app().developmentMode()) {
      throw new Refused(
          401, "Not authenticated: the app does not exist or is not in development mode.");
    }
    return space;
  }

  private static @Nullable String role(Request request, AppSpace space) {
    String roleId = request.text("roleId");
    String roleName = request.text("roleName");
    if (roleId != null && roleName != null) {
      throw new Refused(400, "Give roleId or roleName, not both.");
    }
    if (roleId == null && roleName == null) {
      App app = space.app();
      if (!app.allowRolelessTokens()) {
        throw new Refused(Answer.missing(List.of("roleId")));
      }
      return null;
    }
    Role role = roleId != null ? space.roles().find(roleId) : null;
    if (roleName != null) {
      role = space.roles().named(roleName);
    }
    String id = role == null ? null : role.id();
    if (id == null) {
      throw new Refused(404, "Object 'Roles' not found.");
    }
    return id;
  }

  private static long ttl(Request request) {
    Long ttl = request.whole("ttl");
    return ttl == null ? DEFAULT_TTL : Math.max(MIN_TTL, Math.min(MAX_TTL, ttl));
  }

  /** Ignores every credential: respoke.js still sends the App-Token of its last life. */
  private Answer exchange(Request request) {
    String tokenId = request.required("tokenId");
    Token token = state.tokens().redeem(tokenId, request.now());
    String appId = request.text("appId");
    if (token == null
        || !state.apps().has(token.space())
        || (appId != null && !appId.equalsIgnoreCase(token.space().app().id()))) {
      throw new Refused(401, "Not authenticated: the token is unknown, was used, or has expired.");
    }
    Session session = state.sessions().open(token);
    if (session == null) {
      throw new Refused(503, "Too many sessions are open. Try again later.");
    }
    return Answer.of(
        Json.object()
            .add("message", "Authorization successful")
            .add("token", session.token())
            .build());
  }

  private Answer logOut(Request request) {
    Access.authenticated(request);
    if (request.caller() instanceof Caller.Member member) {
      Session session = member.session();
      state.sessions().close(session);
      ends.loggedOut(session, Occasion.of(request));
      return Answer.success();
    }
    throw new Refused(400, "Only an App-Token can be ended.");
  }

  private Answer adminLogin(Request request) {
    String user = request.required("username");
    String password = request.required("password");
    long wait = signIns.wait(request.remoteAddress(), user, request.now());
    if (wait > 0) {
      audit(request, user, "refused, too many attempts");
      long seconds = (wait + 999) / 1000;
      throw new Refused(
          Answer.error(429, "Too many attempts to sign in. Try again in " + seconds + " s.")
              .with("Retry-After", Long.toString(seconds)));
    }
    String hash = state.admins().hash(user);
    if (hash == null) {
      return signedIn(state.admins().matches(user, password), user, request);
    }
    if (slowLogins >= SLOW_LOGINS) {
      throw new Refused(503, "Too many administrators sign in at once. Try again later.");
    }
    slowLogins++;
    return Answer.after(
        slowWork
            .run(() -> PasswordHash.matches(hash, password))
            .whenComplete((right, failure) -> slowLogins--)
            .thenApply(right -> signedIn(right, user, request)));
  }

  private Answer signedIn(boolean right, String user, Request request) {
    if (!right) {
      signIns.failed(request.remoteAddress(), user, request.now());
      audit(request, user, "refused");
      throw new Refused(401, "Not authenticated: user name or password are wrong.");
    }
    String token = state.admins().open(user, request.now());
    if (token == null) {
      audit(request, user, "refused, too many sessions");
      throw new Refused(503, "Too many administrators are signed in. Try again later.");
    }
    signIns.succeeded(user);
    audit(request, user, "accepted");
    return Answer.of(
        Json.object().add("message", "Authorization successful").add("token", token).build());
  }

  private static void audit(Request request, String user, String outcome) {
    LOG.log(
        outcome.equals("accepted") ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
        "sign-in of administrator \"{0}\" from {1}: {2}",
        LogText.of(user),
        request.remoteAddress(),
        outcome);
  }
}
