package io.respoke.cdi.runtime;

import io.respoke.Client;
import io.respoke.ClientSnapshot;
import io.respoke.ConnectionState;
import io.respoke.Subscription;
import io.respoke.cdi.config.ClientSettings;
import io.respoke.cdi.config.ConnectMode;
import io.respoke.cdi.health.ClientHealth;
import io.respoke.cdi.model.ApplicationModel;
import io.respoke.event.ConnectionFailed;
import io.respoke.event.ConnectionStateChanged;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One client of the application, and how it connects. */
final class RunningClient {
  private static final Logger LOG = System.getLogger(RunningClient.class.getName());
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final String name;
  private final Client client;
  private final ClientSettings settings;
  private final AtomicBoolean begun = new AtomicBoolean();
  // How the first attempt went: completed when connected, failed by its failure.
  private final CompletableFuture<Void> first = new CompletableFuture<>();

  private volatile boolean wanted;

  RunningClient(String name, Client client, ClientSettings settings) {
    this.name = name;
    this.client = client;
    this.settings = settings;
    wanted = settings.connect() == ConnectMode.STARTUP;
  }

  /** From now on remembers whether somebody wants it to be connected. */
  void observeHealth() {
    client.listen(
        ConnectionStateChanged.class,
        e -> {
          if (e.newState() == ConnectionState.CONNECTING) {
            wanted = true;
          } else if (e.newState() == ConnectionState.DISCONNECTED
              && e.oldState() != ConnectionState.CONNECTED
              && e.cause().isEmpty()) {
            wanted = false; // somebody has said so
          }
        });
  }

  ClientHealth health() {
    ClientSnapshot now = client.inspect();
    boolean atRest = now.state() == ConnectionState.DISCONNECTED && !wanted;
    return new ClientHealth(
        now.state() == ConnectionState.CONNECTED || atRest, now.state(), now.since());
  }

  Client client() {
    return client;
  }

  /** Connects if that is to be done at start-up; does not wait. */
  void start() {
    if (settings.connect() == ConnectMode.STARTUP) {
      connect();
    }
  }

  /** Connects if that is to be done on first use, and waits for the first attempt. */
  void use() {
    if (settings.connect() == ConnectMode.LAZY && connect()) {
      Throwable failure = awaitFirst();
      if (failure != null) {
        LOG.log(Level.DEBUG, "The client is not connected at its first use", failure);
      }
    }
  }

  /** Waits for the first attempt; gives back how it failed. */
  private @Nullable Throwable awaitFirst() {
    Duration time = attemptTime();
    try {
      // Not orTimeout: the JDK's thread for that would keep this application's class loader.
      first.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    } catch (TimeoutException e) {
      return new TimeoutException("no answer within " + time.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    }
  }

  private boolean connect() {
    if (begun.getAndSet(true)) {
      return false;
    }
    Subscription failures =
        client.once(ConnectionFailed.class, e -> failed(e.error(), e.willRetry()));
    client
        .connect()
        .whenComplete(
            (connected, failure) -> {
              failures.close();
              if (failure == null) {
                first.complete(null);
              } else {
                failed(failure, false);
              }
            });
    return true;
  }

  private void failed(Throwable failure, boolean willRetry) {
    if (first.completeExceptionally(failure)) {
      LOG.log(
          willRetry ? Level.WARNING : Level.ERROR,
          report(failure) + (willRetry ? " It goes on trying." : ""));
    }
  }

  private String report(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return "Cannot connect "
        + ApplicationModel.describe(name)
        + " to "
        + client.options().baseUrl()
        + " (see "
        + settings.key("*")
        + "): "
        + cause.getMessage();
  }

  /** Waits for the first attempt where the application must not start without. */
  void awaitRequired() {
    if (settings.connect() != ConnectMode.STARTUP || !settings.connectRequired()) {
      return;
    }
    Throwable failure = awaitFirst();
    if (failure != null) {
      throw new DeploymentException(
          report(failure)
              + " The application does not start, because "
              + settings.key("connectRequired")
              + " is true.",
          failure);
    }
  }

  private Duration attemptTime() {
    return client.options().connectTimeout().plus(client.options().tokenTimeout()).plus(MARGIN);
  }

  /** Closes it, after observers were told of what that brings. */
  private void close() {
    try {
      client
          .disconnect()
          .thenCompose(disconnected -> client.drain(MARGIN))
          .exceptionally(late -> null)
          .toCompletableFuture()
          .join();
    } finally {
      client.close();
    }
  }

  /** Closes clients side by side; what takes longer than promised goes on by itself. */
  static void close(List<RunningClient> all) {
    List<Thread> closing = new ArrayList<>();
    Duration longest = Duration.ZERO;
    for (RunningClient running : all) {
      Thread thread = new Thread(running::close, "respoke-close-" + running.name);
      thread.setDaemon(true);
      thread.start();
      closing.add(thread);
      Duration timeout = running.client.options().closeTimeout();
      longest = longest.compareTo(timeout) > 0 ? longest : timeout;
    }
    long deadline = System.nanoTime() + longest.plus(MARGIN).plus(MARGIN).toNanos();
    for (Thread thread : closing) {
      try {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        thread.join(Math.max(1, left));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
