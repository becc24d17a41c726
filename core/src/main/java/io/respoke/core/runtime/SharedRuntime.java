package io.respoke.core.runtime;

import io.respoke.ProxyOptions;
import io.respoke.core.http.HttpGateway;
import io.respoke.core.http.JdkHttpGateway;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The threads and HTTP clients that all clients of this class loader share. They exist while some
 * client does: the last one to be closed takes them down, so that a redeploy leaves nothing behind.
 */
public final class SharedRuntime {
  private static final Logger LOG = System.getLogger(SharedRuntime.class.getName());

  /** The most callbacks that run at once; more wait. Listeners may block, so it is generous. */
  private static final int CALLBACK_THREADS = 64;

  private static final int LANE_THREADS = 64;
  private static final int LANE_THREADS_PER_ADDRESS = 16;

  private static final Object LOCK = new Object();
  private static @Nullable SharedRuntime current;

  private final SystemScheduler scheduler = new SystemScheduler();
  private final ThreadPool engine =
      pool("respoke-engine", Math.max(2, Runtime.getRuntime().availableProcessors()));
  private final ThreadPool callbacks = pool("respoke-callback", CALLBACK_THREADS);
  private final ThreadPool laneThreads = pool("respoke-connect", LANE_THREADS);
  private final ConnectLane lane =
      new ConnectLane(laneThreads, LANE_THREADS, LANE_THREADS_PER_ADDRESS);
  private final Map<HttpKey, HttpGateway> gateways = new HashMap<>();
  private @Nullable ExecutorService virtualThreads;
  private int users;

  private record HttpKey(Optional<SSLContext> sslContext, Optional<ProxyOptions> proxy) {}

  private SharedRuntime() {}

  private static ThreadPool pool(String name, int threads) {
    return new ThreadPool(threads, new DaemonThreads(name));
  }

  /**
   * A share for one more user, to be given back through {@link ClientRuntime#release}.
   *
   * @param callbackExecutor where callbacks run instead of the shared pool
   * @param virtual whether callbacks run on virtual threads, where there are such
   */
  public static ClientRuntime acquire(
      Optional<SSLContext> sslContext,
      Optional<ProxyOptions> proxy,
      Optional<Executor> callbackExecutor,
      boolean virtual) {
    synchronized (LOCK) {
      SharedRuntime shared = current;
      if (shared == null) {
        shared = new SharedRuntime();
        current = shared;
      }
      ClientRuntime share = shared.share(sslContext, proxy, callbackExecutor, virtual);
      shared.users++;
      return share;
    }
  }

  private ClientRuntime share(
      Optional<SSLContext> sslContext,
      Optional<ProxyOptions> proxy,
      Optional<Executor> callbackExecutor,
      boolean virtual) {
    HttpGateway http =
        gateways.computeIfAbsent(
            new HttpKey(sslContext, proxy),
            key -> JdkHttpGateway.create(engine, scheduler, lane, key.sslContext(), key.proxy()));
    Executor forCallbacks =
        callbackExecutor
            .<Executor>map(given -> new SparedExecutor(given, callbacks))
            .orElseGet(() -> virtual ? virtualThreadsOrPool() : callbacks);
    AtomicBoolean released = new AtomicBoolean();
    return new ClientRuntime(
        scheduler,
        engine,
        forCallbacks,
        lane,
        http,
        () -> ThreadLocalRandom.current().nextDouble(),
        () -> {
          if (released.compareAndSet(false, true)) {
            release();
          }
        });
  }

  private Executor virtualThreadsOrPool() {
    if (virtualThreads == null) {
      try {
        virtualThreads =
            (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      } catch (NoSuchMethodException e) {
        LOG.log(Level.INFO, "This JVM has no virtual threads; callbacks run on the shared pool");
        return callbacks;
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("Virtual threads cannot be used", e);
      }
    }
    return virtualThreads;
  }

  private void release() {
    synchronized (LOCK) {
      if (--users > 0) {
        return;
      }
      if (current == this) {
        current = null;
      }
    }
    // Not shutdownNow: what is under way, this very call perhaps, may finish.
    scheduler.close();
    engine.shutdown();
    callbacks.shutdown();
    laneThreads.shutdown();
    if (virtualThreads != null) {
      virtualThreads.shutdown();
    }
  }
}
