package io.respoke.service.routes;

import io.respoke.protocol.CredentialKind;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Session;

/** Who makes a request. */
public sealed interface Caller {
  /** Nobody in particular: no credential was given. */
  record Anonymous() implements Caller {}

  /**
   * A credential was given that is not, or no longer, valid.
   *
   * @param kind which one
   */
  record Rejected(CredentialKind kind) implements Caller {}

  /**
   * An endpoint, by its session token.
   *
   * @param session its session
   */
  record Member(Session session) implements Caller {}

  /**
   * An app's own server, by the App-Secret. Roles do not bind it.
   *
   * @param space its app
   * @param secret what it gave
   */
  record AppServer(AppSpace space, String secret) implements Caller {
    /** Without the secret. */
    @Override
    public String toString() {
      return "AppServer[app=" + space.app().id() + "]";
    }
  }

  /**
   * An administrator of the account, by an Admin-Token. Roles do not bind it.
   *
   * @param name who has signed in
   */
  record Administrator(String name) implements Caller {}
}
