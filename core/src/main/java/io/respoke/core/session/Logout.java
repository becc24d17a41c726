package io.respoke.core.session;

import io.respoke.core.runtime.Cancellable;
import io.respoke.protocol.ApiRequest;
import io.respoke.protocol.Json;
import io.respoke.protocol.Paths;
import io.respoke.protocol.ServiceUri;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Logs out in the documented order: leave groups, delete the connection, delete the session, say
 * goodbye and close (protocol-wire §6.5). Each step is taken even if the one before failed or was
 * not answered: what is left of the limit is shared among the steps to come. Runs on the client's
 * serial context.
 */
final class Logout {
  private final Engine engine;
  private final ServiceUri service;
  private final Login login;
  private final String sdk;
  private final List<String> groups;
  private final Runnable whenDone;
  private final long end;
  private int stepsLeft;

  Logout(
      Engine engine,
      ServiceUri service,
      Login login,
      String sdk,
      List<String> groups,
      Duration limit,
      Runnable whenDone) {
    this.engine = engine;
    this.service = service;
    this.login = login;
    this.sdk = sdk;
    this.groups = groups;
    this.whenDone = whenDone;
    end = engine.runtime().scheduler().now() + limit.toMillis();
    stepsLeft = (groups.isEmpty() ? 0 : 1) + (login.ownsSession() ? 1 : 0) + 2;
  }

  void start() {
    if (groups.isEmpty()) {
      deleteConnection();
    } else {
      JsonObject data = Json.object().add("groups", Json.strings(groups)).build();
      new Step(this::deleteConnection).await(request(Paths.GROUPS, data));
    }
  }

  private void deleteConnection() {
    new Step(this::deleteSession).await(request(Paths.connection(login.connectionId()), null));
  }

  private void deleteSession() {
    if (login.ownsSession()) {
      new Step(this::close)
          .await(engine.deleteSession(service, login.credential(), Duration.ofMillis(left())));
    } else {
      close();
    }
  }

  private void close() {
    new Step(this::closed).await(login.link().close());
  }

  private void closed() {
    login.link().abort();
    whenDone.run();
  }

  private CompletableFuture<?> request(String path, @Nullable JsonObject data) {
    return login
        .link()
        .request(
            new ApiRequest(
                "delete", path, Login.headers(login.kind(), login.credential(), sdk), data));
  }

  /** Milliseconds, at least 1. */
  private long left() {
    return Math.max(1, end - engine.runtime().scheduler().now());
  }

  /** Goes on when the step has ended or its share of the time has. */
  private final class Step implements Runnable {
    private final Runnable next;
    private Cancellable timer = Cancellable.NONE;
    private boolean over;

    Step(Runnable next) {
      this.next = next;
    }

    void await(CompletableFuture<?> end) {
      Duration share = Duration.ofMillis(left() / stepsLeft);
      stepsLeft--;
      timer = engine.runtime().scheduler().schedule(share, () -> engine.serial().execute(this));
      end.whenComplete((done, failure) -> engine.serial().execute(this));
    }

    @Override
    public void run() {
      if (!over) {
        over = true;
        timer.cancel();
        next.run();
      }
    }
  }
}
