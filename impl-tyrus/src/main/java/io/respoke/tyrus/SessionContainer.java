package io.respoke.tyrus;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.glassfish.tyrus.core.ExecutorServiceProvider;

/**
 * The container that Tyrus's sessions see. Without it each message in or out makes Tyrus 2.2.0
 * schedule a task for an idle timeout of zero, on ten threads of its own; here those tasks go
 * nowhere. Nothing else of Tyrus that is used here runs tasks.
 */
final class SessionContainer extends ExecutorServiceProvider implements WebSocketContainer {
  private final ScheduledExecutorService nothing = new DiscardingScheduler();

  @Override
  public ExecutorService getExecutorService() {
    return nothing;
  }

  @Override
  public ScheduledExecutorService getScheduledExecutorService() {
    return nothing;
  }

  @Override
  public long getDefaultAsyncSendTimeout() {
    return 0;
  }

  @Override
  public void setAsyncSendTimeout(long timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long getDefaultMaxSessionIdleTimeout() {
    return 0;
  }

  @Override
  public void setDefaultMaxSessionIdleTimeout(long timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getDefaultMaxBinaryMessageBufferSize() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void setDefaultMaxBinaryMessageBufferSize(int max) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getDefaultMaxTextMessageBufferSize() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void setDefaultMaxTextMessageBufferSize(int max) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<Extension> getInstalledExtensions() {
    return Set.of();
  }

  @Override
  public Session connectToServer(Object annotatedEndpoint, URI path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Session connectToServer(Class<?> annotatedEndpoint, URI path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Session connectToServer(Endpoint endpoint, ClientEndpointConfig config, URI path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Session connectToServer(
      Class<? extends Endpoint> endpoint, ClientEndpointConfig config, URI path) {
    throw new UnsupportedOperationException();
  }
}
