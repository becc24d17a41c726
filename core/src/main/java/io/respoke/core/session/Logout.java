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
 * Logs out in the documented order: leave groups, delete the connection, delete the session, close
 * (protocol-wire §6.5). Each step is taken even if the one before failed, and all of them together
 * take no longer than the limit. Runs on the client's serial context.
 */
final class Logout {
  private final Engine engine;
  private final ServiceUri service;
  private final Login login;
  private final String sdk;
  private final List<String> groups;
  private final Duration limit;
  private final Runnable whenDone;
  private Cancellable deadline = Cancellable.NONE;
  private boolean done;

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
    this.limit = limit;
    this.whenDone = whenDone;
  }

  void start() {
    deadline =
        engine
            .runtime()
            .scheduler()
            .schedule(limit, () -> engine.serial().execute(this::closeLink));
    if (groups.isEmpty()) {
      deleteConnection();
    } else {
      JsonObject data = Json.object().add("groups", Json.strings(groups)).build();
      then(request(Paths.GROUPS, data), this::deleteConnection);
    }
  }

  private void deleteConnection() {
    then(request(Paths.connection(login.connectionId()), null), this::deleteSession);
  }

  private void deleteSession() {
    if (login.ownsSession()) {
      then(engine.deleteSession(service, login.credential(), limit), this::closeLink);
    } else {
      closeLink();
    }
  }

  private void closeLink() {
    if (!done) {
      done = true;
      deadline.cancel();
      login.link().close();
      whenDone.run();
    }
  }

  private CompletableFuture<?> request(String path, @Nullable JsonObject data) {
    return login
        .link()
        .request(
            new ApiRequest(
                "delete", path, Login.headers(login.kind(), login.credential(), sdk), data));
  }

  private void then(CompletableFuture<?> step, Runnable next) {
    step.whenComplete(
        (answer, failure) ->
            engine
                .serial()
                .execute(
                    () -> {
                      if (!done) {
                        next.run();
                      }
                    }));
  }
}
