package io.respoke.examples.jdktransport;

import io.respoke.ProxyOptions;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportProvider;
import io.respoke.spi.TransportRequest;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets with the JDK's HTTP client. All connections share its threads, which end by
 * themselves when there is nothing to do.
 */
public final class JdkTransportProvider implements TransportProvider {
  static final ThreadPoolExecutor WORK =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), threads("work"));
  static final ScheduledThreadPoolExecutor DEADLINES =
      new ScheduledThreadPoolExecutor(1, threads("deadlines"));

  static {
    DEADLINES.setRemoveOnCancelPolicy(true);
    DEADLINES.setKeepAliveTime(1, TimeUnit.SECONDS);
    DEADLINES.allowCoreThreadTimeOut(true);
  }

  private record Key(Optional<SSLContext> sslContext, Optional<ProxyOptions> proxy) {}

  // A JDK client cannot be closed before JDK 21: it ends when nobody refers to it any more.
  private static final Map<Key, WeakReference<HttpClient>> CLIENTS = new HashMap<>();

  /** For {@link java.util.ServiceLoader}. */
  public JdkTransportProvider() {}

  @Override
  public String name() {
    return "jdk";
  }

  /** Below the default transport, so that both may be there. */
  @Override
  public int priority() {
    return -10;
  }

  @Override
  public Transport open(TransportRequest request, TransportListener listener) {
    HttpClient client = client(new Key(request.sslContext(), request.proxy()));
    JdkTransport transport = new JdkTransport(client, request, listener);
    transport.open();
    return transport;
  }

  private static synchronized HttpClient client(Key key) {
    CLIENTS.values().removeIf(known -> known.get() == null);
    WeakReference<HttpClient> known = CLIENTS.get(key);
    @Nullable HttpClient client = known == null ? null : known.get();
    if (client == null) {
      HttpClient.Builder builder = HttpClient.newBuilder().executor(WORK);
      key.sslContext.ifPresent(builder::sslContext);
      builder.proxy(
          key.proxy
              .map(proxy -> ProxySelector.of(new InetSocketAddress(proxy.host(), proxy.port())))
              .orElse(HttpClient.Builder.NO_PROXY));
      client = builder.build();
      CLIENTS.put(key, new WeakReference<>(client));
    }
    return client;
  }

  private static ThreadFactory threads(String what) {
    return task -> {
      Thread thread = new Thread(task, "respoke-jdk-" + what);
      thread.setDaemon(true);
      // Not the loader of whoever came first: it may belong to one application of many.
      thread.setContextClassLoader(JdkTransportProvider.class.getClassLoader());
      return thread;
    };
  }
}
