package io.respoke;

import io.respoke.bootstrap.ClientProviders;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The entry to the library.
 *
 * <pre>{@code
 * Client client = Respoke.createClient(ClientOptions.builder()
 *     .baseUrl("http://127.0.0.1:8080").appId(appId)
 *     .developmentMode(true).endpointId("joe")
 *     .onMessage(e -> System.out.println(e.message().text()))
 *     .build());
 * client.connect().thenCompose(c -> c.endpoint("spock").sendMessage("hello"));
 * }</pre>
 */
public final class Respoke {
  private Respoke() {}

  /** A client with default options; it needs {@link Client#connect(ConnectOptions)}. */
  public static Client createClient() {
    return createClient(ClientOptions.builder().build());
  }

  /**
   * A client that is not connected yet. No I/O is done.
   *
   * <p>Options with an {@linkplain ClientOptions.Builder#instanceId(String) instance id} that an
   * open client has return that same client, whatever else they say.
   *
   * @throws IllegalStateException if no engine or no transport is on the class path, naming the
   *     artifact to add
   */
  public static Client createClient(ClientOptions options) {
    return ClientProviders.find(options.classLoader().orElse(null)).createClient(options);
  }

  /** Makes a client and connects it. The stage is that of {@link Client#connect()}. */
  public static CompletionStage<Client> connect(ClientOptions options) {
    return createClient(options).connect();
  }

  /** The open client that was created with this instance id. */
  public static Optional<Client> client(String instanceId) {
    return ClientProviders.find(null).client(instanceId);
  }

  /** An administration client: tokens, apps, roles, sending as an endpoint. No I/O is done. */
  public static Admin admin(AdminOptions options) {
    return ClientProviders.find(options.classLoader().orElse(null)).admin(options);
  }

  /** The library's version, or {@code development} when it does not run from its jar. */
  public static String version() {
    String version = Respoke.class.getPackage().getImplementationVersion();
    if (version == null) {
      version =
          Respoke.class.getModule().getDescriptor() == null
              ? null
              : Respoke.class.getModule().getDescriptor().rawVersion().orElse(null);
    }
    return version == null ? "development" : version;
  }
}
