package io.respoke.tyrus;

import io.respoke.ProxyOptions;
import io.respoke.spi.TransportRequest;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.SslEngineConfigurator;
import org.glassfish.tyrus.container.jdk.client.JdkClientContainer;
import org.glassfish.tyrus.core.MaskingKeyGenerator;
import org.glassfish.tyrus.spi.ClientContainer;
import org.glassfish.tyrus.spi.ClientEngine;

/**
 * Stands between Tyrus's engine and its container, so that one {@link ClientManager} serves
 * connections with different TLS and proxy settings, and each can be given up while it is being
 * opened. Public because Tyrus makes an instance by reflection; not for use by anything else.
 */
public final class TyrusConnector implements ClientContainer {
  // The bundle tyrus-standalone-client has only this one.
  private static final String GRIZZLY =
      "org.glassfish.tyrus.container.grizzly.client.GrizzlyClientContainer";
  // Our own deadline comes first, always.
  private static final int NO_HANDSHAKE_TIMEOUT = Integer.MAX_VALUE;
  private static final int POOL_IDLE_SECONDS = 2;

  private final ClientContainer container = container();

  /** For Tyrus. */
  public TyrusConnector() {}

  /** Whether Tyrus and one of its containers are there. */
  static boolean isAvailable() {
    try {
      container();
      return true;
    } catch (LinkageError | IllegalStateException e) {
      return false;
    }
  }

  /** The manager of all connections. It has no threads and no state that would need an end. */
  static ClientManager manager() {
    return Holder.MANAGER;
  }

  @Override
  public void openClientSocket(
      ClientEndpointConfig config, Map<String, Object> properties, ClientEngine engine)
      throws DeploymentException, IOException {
    EndpointSettings settings = (EndpointSettings) config;
    TransportRequest request = settings.request();
    if (request == null) {
      throw new IOException("connected twice");
    }
    if ("wss".equalsIgnoreCase(request.uri().getScheme())) {
      properties.put(
          ClientProperties.SSL_ENGINE_CONFIGURATOR,
          new SslEngineConfigurator(tls(request), true, false, false));
    }
    if (request.proxy().isPresent()) {
      ProxyOptions proxy = request.proxy().get();
      properties.put(ClientProperties.PROXY_URI, "http://" + proxy.host() + ":" + proxy.port());
      Map<String, String> headers = new HashMap<>();
      proxy.authorization().ifPresent(value -> headers.put("Proxy-Authorization", value));
      properties.put(ClientProperties.PROXY_HEADERS, headers);
    }
    container.openClientSocket(config, properties, new LinkedEngine(engine, settings.link()));
  }

  private static SSLContext tls(TransportRequest request) throws IOException {
    try {
      return request.sslContext().isPresent()
          ? request.sslContext().get()
          : SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("no default TLS context", e);
    }
  }

  private static ClientContainer container() {
    try {
      return new JdkClientContainer();
    } catch (NoClassDefFoundError e) {
      try {
        return Class.forName(GRIZZLY, true, TyrusConnector.class.getClassLoader())
            .asSubclass(ClientContainer.class)
            .getDeclaredConstructor()
            .newInstance();
      } catch (ReflectiveOperationException none) {
        throw new IllegalStateException(
            "Tyrus has no client container here: add org.glassfish.tyrus:tyrus-container-jdk-client",
            none);
      }
    }
  }

  private static final class Holder {
    static final ClientManager MANAGER = create();

    private static ClientManager create() {
      Thread thread = Thread.currentThread();
      ClassLoader context = thread.getContextClassLoader();
      // Tyrus looks for classes here; the caller's loader may not see this library.
      thread.setContextClassLoader(TyrusConnector.class.getClassLoader());
      try {
        ClientManager manager =
            ClientManager.createClient(TyrusConnector.class.getName(), new SessionContainer());
        Map<String, Object> properties = manager.getProperties();
        properties.put(ClientProperties.HANDSHAKE_TIMEOUT, NO_HANDSHAKE_TIMEOUT);
        properties.put(ClientProperties.SHARED_CONTAINER, true);
        properties.put(ClientProperties.SHARED_CONTAINER_IDLE_TIMEOUT, POOL_IDLE_SECONDS);
        SecureRandom random = new SecureRandom();
        // Else each connection has a random generator of its own.
        properties.put(
            ClientProperties.MASKING_KEY_GENERATOR, (MaskingKeyGenerator) random::nextInt);
        return manager;
      } finally {
        thread.setContextClassLoader(context);
      }
    }
  }
}
