package io.respoke.cdi.runtime;

import io.respoke.Admin;
import io.respoke.Client;
import io.respoke.ConnectionState;
import io.respoke.cdi.health.ClientHealth;
import io.respoke.cdi.model.ApplicationModel;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one application, from its deployment to its end. Both kinds of extension put this
 * bean into the container and do nothing else with clients.
 */
public class Clients {
  private final BeanContainer container;
  private final ApplicationModel model;
  private final PluginBeans beans;
  private final RequestContexts requestContexts;
  private final CallScopes callScopes;
  private final AtomicReference<@Nullable Making> deployment = new AtomicReference<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private volatile boolean stopping;

  /** The deployment, done by the first thread that asks for it; others wait without a lock. */
  private record Making(Thread by, CompletableFuture<Deployment.Result> result) {}

  @Inject
  public Clients(
      BeanContainer container,
      ApplicationModel model,
      PluginBeans beans,
      Instance<RequestContextController> requestContexts) {
    this.container = container;
    this.model = model;
    this.beans = beans;
    this.requestContexts = new RequestContexts(requestContexts);
    this.callScopes = new CallScopes(model.callScoped());
  }

  /**
   * Makes all clients, without connecting them. Does so once.
   *
   * @return everything that is wrong; if anything is, there are no clients
   */
  public List<String> deploy() {
    return deployed().problems();
  }

  private Deployment.Result deployed() {
    Making mine = new Making(Thread.currentThread(), new CompletableFuture<>());
    Making first = deployment.compareAndExchange(null, mine);
    if (first != null) {
      if (first.by() == Thread.currentThread() && !first.result().isDone()) {
        throw new IllegalStateException(
            "A client is used while the beans for the clients are made. Use it later, for example"
                + " in an observer of Startup.");
      }
      return first.result().join();
    }
    Deployment making = new Deployment(container, model, beans, requestContexts, callScopes);
    try {
      making.run();
      Deployment.Result result = making.result();
      mine.result().complete(result);
      if (stopping || !result.problems().isEmpty()) {
        close(result);
      }
      return result;
    } catch (Throwable e) { // whatever it is, those who wait must not wait for ever
      mine.result().completeExceptionally(e);
      close(making.result());
      throw e;
    }
  }

  /**
   * Connects the clients that are to connect at start-up.
   *
   * @throws DeploymentException if anything is wrong, or a connect that is required fails
   */
  public void start() {
    List<RunningClient> all = List.copyOf(checked().clients().values());
    try {
      all.forEach(RunningClient::start);
      all.forEach(RunningClient::awaitRequired);
    } catch (DeploymentException e) {
      stop();
      throw e;
    }
  }

  private Deployment.Result checked() {
    Deployment.Result result = deployed();
    if (!result.problems().isEmpty()) {
      throw new DeploymentException(String.join(System.lineSeparator(), result.problems()));
    }
    return result;
  }

  /** The client for an injection point; one that connects on first use does so now. */
  public Client client(String name) {
    RunningClient running = asked(checked().clients(), name, "");
    running.use();
    return running.client();
  }

  /** How a client is; never waits. One that is not made, or not yet, is not ready. */
  public ClientHealth health(String name) {
    Making made = deployment.get();
    RunningClient running =
        made != null && made.result().isDone() && !made.result().isCompletedExceptionally()
            ? made.result().join().clients().get(name)
            : null;
    return running == null
        ? new ClientHealth(false, ConnectionState.CLOSED, Instant.EPOCH)
        : running.health();
  }

  /** The administration client for an injection point. */
  public Admin admin(String name) {
    return asked(checked().admins(), name, "the administration client of ");
  }

  private static <T> T asked(Map<String, T> made, String name, String what) {
    T found = made.get(name);
    if (found == null) {
      throw new IllegalStateException(
          "Nothing asked for "
              + what
              + ApplicationModel.describe(name)
              + " when the application was deployed");
    }
    return found;
  }

  /**
   * Closes all clients, side by side and in bounded time. Idempotent. Those that are being made are
   * closed when they are.
   */
  public void stop() {
    stopping = true;
    Making made = deployment.get();
    if (made != null && made.result().isDone() && !made.result().isCompletedExceptionally()) {
      close(made.result().join());
    }
  }

  private void close(Deployment.Result result) {
    if (stopped.getAndSet(true)) {
      return;
    }
    RunningClient.close(List.copyOf(result.clients().values()));
    result.threads().close();
    callScopes.close();
    beans.release();
  }
}
