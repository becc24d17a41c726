package io.respoke.bootstrap;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.AppSecretTokens;
import io.respoke.BrokerTokens;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.TokenProvider;
import java.util.Optional;

/**
 * The engine behind {@link io.respoke.Respoke}, found by {@link java.util.ServiceLoader}. Provided
 * by {@code respoke-core}.
 */
public interface ClientProvider {
  /**
   * Makes a client; no I/O. Options with an instance id that is in use return that client.
   *
   * @throws IllegalStateException if a plug-in the options ask for cannot be found
   */
  Client createClient(ClientOptions options);

  /** The open client with this instance id. */
  Optional<Client> client(String instanceId);

  /** Makes an administration client; no I/O. */
  Admin admin(AdminOptions options);

  /** Makes a token source that mints with an app's secret. */
  TokenProvider tokens(AppSecretTokens options);

  /** Makes a token source that asks an HTTP broker. */
  TokenProvider tokens(BrokerTokens options);
}
