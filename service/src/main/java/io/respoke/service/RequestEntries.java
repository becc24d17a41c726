package io.respoke.service;

import io.respoke.protocol.Json;
import io.respoke.service.routes.Caller;
import io.respoke.service.routes.Request;
import io.respoke.service.routes.RequestWatch;
import io.respoke.service.state.App;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes the entries of the log from requests. */
final class RequestEntries implements RequestWatch {
  private static final System.Logger LOG = System.getLogger(RequestEntries.class.getName());
  private static final String PREFIX = "/v1/";
  private static final String SIGN_IN = "admin-sessions";
  private static final Set<String> ADMINISTRATIVE = Set.of(SIGN_IN, "tokens", "apps", "roles");

  private final RequestLog log;
  private final LongSupplier clock;

  RequestEntries(RequestLog log, LongSupplier clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void answered(Request request, int status) {
    try {
      tell(request, status);
    } catch (RuntimeException e) {
      // The answer is on its way out behind this.
      LOG.log(System.Logger.Level.ERROR, "the log of requests has thrown", e);
    }
  }

  private void tell(Request request, int status) {
    String resource = resource(request.path());
    log.answered(
        new RequestEntry(
            Instant.ofEpochMilli(request.now()),
            request.requestId(),
            request.peer() != null,
            request.method(),
            request.path(),
            status,
            Duration.ofMillis(Math.max(0, clock.getAsLong() - request.now())),
            request.remoteAddress(),
            kind(request.caller()),
            appId(request.caller()),
            resource.equals(SIGN_IN) ? Json.text(request.body(), "username") : name(request),
            ADMINISTRATIVE.contains(resource) && !request.method().equals("get")));
  }

  /** The first part of the path of a route. */
  private static String resource(String path) {
    if (!path.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
      return "";
    }
    int end = path.indexOf('/', PREFIX.length());
    return path.substring(PREFIX.length(), end < 0 ? path.length() : end).toLowerCase(Locale.ROOT);
  }

  private static RequestEntry.Caller kind(Caller caller) {
    if (caller instanceof Caller.Member) {
      return RequestEntry.Caller.ENDPOINT;
    } else if (caller instanceof Caller.AppServer) {
      return RequestEntry.Caller.APP;
    } else if (caller instanceof Caller.Administrator) {
      return RequestEntry.Caller.ADMINISTRATOR;
    }
    return caller instanceof Caller.Rejected
        ? RequestEntry.Caller.REJECTED
        : RequestEntry.Caller.ANONYMOUS;
  }

  private static @Nullable String appId(Caller caller) {
    App app =
        caller instanceof Caller.Member member
            ? member.session().space().app()
            : caller instanceof Caller.AppServer server ? server.space().app() : null;
    return app == null ? null : app.id();
  }

  private static @Nullable String name(Request request) {
    if (request.caller() instanceof Caller.Member member) {
      return member.session().endpointId();
    }
    return request.caller() instanceof Caller.Administrator administrator
        ? administrator.name()
        : null;
  }
}
