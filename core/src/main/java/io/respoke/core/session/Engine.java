package io.respoke.core.session;

import io.respoke.core.runtime.CallbackExecutor;
import io.respoke.core.runtime.ClientRuntime;
import io.respoke.core.runtime.SerialContext;
import io.respoke.protocol.CredentialKind;
import io.respoke.protocol.Paths;
import io.respoke.protocol.ServiceUri;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Where one client's code runs.
 *
 * @param runtime what it shares with other clients
 * @param serial where its state changes
 * @param callbacks where the application's code runs
 */
public record Engine(ClientRuntime runtime, SerialContext serial, CallbackExecutor callbacks) {

  /** Ends a session; nobody minds if that fails, because it expires by itself. */
  CompletableFuture<Void> deleteSession(ServiceUri service, String session, Duration limit) {
    return runtime
        .http()
        .send(
            "delete",
            service.http(Paths.SESSION_TOKENS),
            Map.of(CredentialKind.APP_TOKEN.header(), session),
            null,
            limit)
        .handle((reply, failure) -> null);
  }
}
