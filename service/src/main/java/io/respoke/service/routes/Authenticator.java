package io.respoke.service.routes;

import io.respoke.protocol.CredentialKind;
import io.respoke.service.state.AdminSessions;
import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Session;
import io.respoke.service.state.SessionStore;

/** Turns credentials into callers. The strongest one counts: administrator, app, endpoint. */
public final class Authenticator {
  private static final Caller ANONYMOUS = new Caller.Anonymous();

  private final AppRegistry apps;
  private final SessionStore sessions;
  private final AdminSessions admins;

  /** Looks credentials up in these stores. */
  public Authenticator(AppRegistry apps, SessionStore sessions, AdminSessions admins) {
    this.apps = apps;
    this.sessions = sessions;
    this.admins = admins;
  }

  /** Who has these credentials. */
  public Caller caller(Credentials credentials, long now) {
    if (credentials.adminToken() != null) {
      String name = admins.user(credentials.adminToken(), now);
      return name == null
          ? new Caller.Rejected(CredentialKind.ADMIN_TOKEN)
          : new Caller.Administrator(name);
    }
    if (credentials.appSecret() != null) {
      AppSpace space = apps.bySecret(credentials.appSecret());
      return space == null
          ? new Caller.Rejected(CredentialKind.APP_SECRET)
          : new Caller.AppServer(space, credentials.appSecret());
    }
    if (credentials.appToken() != null) {
      Session session = sessions.find(credentials.appToken(), now);
      return session == null
          ? new Caller.Rejected(CredentialKind.APP_TOKEN)
          : new Caller.Member(session);
    }
    return ANONYMOUS;
  }
}
