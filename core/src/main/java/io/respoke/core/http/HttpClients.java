package io.respoke.core.http;

import io.respoke.ProxyOptions;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP clients, one for each TLS and proxy setting. They cannot be closed before JDK 21,
 * and each keeps a thread until it is collected: so one that is still there is used again, and an
 * administration client that is asked now and then does not pile them up.
 */
final class HttpClients {
  private record Key(Optional<SSLContext> sslContext, Optional<InetSocketAddress> proxy) {}

  private record Known(WeakReference<HttpClient> client, Threads threads) {}

  private static final Map<Key, Known> KNOWN = new HashMap<>();

  private HttpClients() {}

  /** A client whose work is done on the executor from now on. */
  static synchronized HttpClient get(
      Executor executor, Optional<SSLContext> sslContext, Optional<ProxyOptions> proxy) {
    KNOWN.values().removeIf(known -> known.client.get() == null);
    Key key =
        new Key(sslContext, proxy.map(p -> InetSocketAddress.createUnresolved(p.host(), p.port())));
    Known known = KNOWN.get(key);
    HttpClient client = known == null ? null : known.client.get();
    if (known == null || client == null) {
      Threads threads = new Threads();
      client = make(threads, sslContext, proxy);
      known = new Known(new WeakReference<>(client), threads);
      KNOWN.put(key, known);
    }
    known.threads.current = executor;
    return client;
  }

  private static HttpClient make(
      Executor executor, Optional<SSLContext> sslContext, Optional<ProxyOptions> proxy) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(executor);
    sslContext.ifPresent(builder::sslContext);
    builder.proxy(
        proxy
            .map(p -> ProxySelector.of(new InetSocketAddress(p.host(), p.port())))
            .orElse(HttpClient.Builder.NO_PROXY));
    return builder.build();
  }

  /** Whatever threads there are at present. */
  private static final class Threads implements Executor {
    private volatile @Nullable Executor current;

    @Override
    public void execute(Runnable task) {
      Executor executor = current;
      try {
        if (executor != null) {
          executor.execute(task);
          return;
        }
      } catch (RejectedExecutionException e) {
        // Everything is closed; what is left to do is to tidy up, which is short.
      }
      task.run();
    }
  }
}
