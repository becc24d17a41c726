package io.respoke.cdi.config;

import io.respoke.AdminOptions;
import io.respoke.ClientOptions;
import java.util.Set;

/** What properties say of one client. */
public final class ClientSettings {
  private final String client;
  private final Draft draft;
  private final Set<String> given;
  private final boolean ambient;

  /** Settings; {@code ambient} says that all of them come from the environment. */
  ClientSettings(String client, Draft draft, Set<String> given, boolean ambient) {
    this.client = client;
    this.draft = draft;
    this.given = Set.copyOf(given);
    this.ambient = ambient;
  }

  /** Whether all comes from the environment, which may be meant for another program. */
  boolean isAmbient() {
    return ambient;
  }

  /** The options so far, to go on with. */
  public ClientOptions.Builder client() {
    return draft.client;
  }

  /** The options of the administration client so far. */
  public AdminOptions.Builder admin() {
    return draft.admin;
  }

  /** When to connect. */
  public ConnectMode connect() {
    return draft.connect;
  }

  /** Whether the application must not start when the first connect fails. */
  public boolean connectRequired() {
    return draft.connectRequired;
  }

  /** Whether no property says anything of it. */
  public boolean isEmpty() {
    return given.isEmpty();
  }

  /** Whether a property gives this setting. */
  public boolean gives(String attribute) {
    return given.contains(attribute);
  }

  /** Whether a property says where tokens come from. */
  public boolean givesTokens() {
    return gives("token")
        || gives("tokenProvider")
        || gives("brokerUrl")
        || gives("appSecret")
        || draft.developmentMode;
  }

  /** The key of a setting of this client. */
  public String key(String attribute) {
    return key(client, attribute);
  }

  /** The key of a client's setting. */
  public static String key(String client, String attribute) {
    return (client.isEmpty() ? "respoke." : "respoke.clients." + quoted(client) + '.') + attribute;
  }

  private static String quoted(String client) {
    return client.contains(".") ? '"' + client + '"' : client;
  }

  /** Without values. */
  @Override
  public String toString() {
    return "ClientSettings[" + key("*") + " " + given + "]";
  }
}
