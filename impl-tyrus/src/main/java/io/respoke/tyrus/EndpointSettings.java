package io.respoke.tyrus;

import io.respoke.spi.TransportRequest;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.Extension;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What Tyrus is told of one connection. Also carries it through Tyrus to {@link TyrusConnector}.
 */
final class EndpointSettings extends ClientEndpointConfig.Configurator
    implements ClientEndpointConfig {
  private final TyrusLink link;
  // Tyrus keeps these settings as long as the session lives; the request is needed only to open it.
  private @Nullable TransportRequest request;

  EndpointSettings(TyrusLink link, TransportRequest request) {
    this.link = link;
    this.request = request;
  }

  TyrusLink link() {
    return link;
  }

  @Nullable TransportRequest request() {
    return request;
  }

  void opened() {
    request = null;
  }

  @Override
  public void beforeRequest(Map<String, List<String>> headers) {
    TransportRequest opening = request;
    if (opening != null && !opening.headers().isEmpty()) {
      Set<String> given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      given.addAll(opening.headers().keySet());
      headers.keySet().removeIf(given::contains);
      opening.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    }
  }

  @Override
  public List<String> getPreferredSubprotocols() {
    return List.of();
  }

  @Override
  public List<Extension> getExtensions() {
    return List.of();
  }

  @Override
  public @Nullable SSLContext getSSLContext() {
    return request == null ? null : request.sslContext().orElse(null);
  }

  @Override
  public ClientEndpointConfig.Configurator getConfigurator() {
    return this;
  }

  @Override
  public List<Class<? extends Encoder>> getEncoders() {
    return List.of();
  }

  @Override
  public List<Class<? extends Decoder>> getDecoders() {
    return List.of();
  }

  @Override
  public Map<String, Object> getUserProperties() {
    return Map.of();
  }
}
