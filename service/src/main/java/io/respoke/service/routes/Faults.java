package io.respoke.service.routes;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Failures that were ordered by a test: each is used up by the requests it hits. */
public final class Faults {
  /**
   * What a request is answered instead.
   *
   * @param status the HTTP status
   * @param body a JSON body, or {@code null} when there is a text
   * @param text a body that is not JSON, or {@code null}
   */
  public record Replacement(int status, @Nullable JsonObject body, @Nullable String text) {}

  private static final class RouteFault {
    final String method;
    final String pathPrefix;
    final Replacement replacement;
    int times;

    RouteFault(String method, String pathPrefix, Replacement replacement, int times) {
      this.method = method.toLowerCase(Locale.ROOT);
      this.pathPrefix = pathPrefix;
      this.replacement = replacement;
      this.times = times;
    }
  }

  private final List<RouteFault> routes = new ArrayList<>();
  private int handshakeStatus;
  private int handshakes;
  private int rateLimited;

  /** The next handshakes are refused. */
  public void refuseHandshakes(int status, int times) {
    handshakeStatus = status;
    handshakes = times;
  }

  /** The status for this handshake, or 0 to let it go on. */
  public int handshake() {
    if (handshakes == 0) {
      return 0;
    }
    handshakes--;
    return handshakeStatus;
  }

  /** The next requests that match are answered with something else. */
  public void refuseRoute(String method, String pathPrefix, Replacement replacement, int times) {
    if (times > 0) {
      routes.add(new RouteFault(method, pathPrefix, replacement, times));
    }
  }

  /** The next requests get a 429. */
  public void rateLimit(int times) {
    rateLimited = times;
  }

  /** Whether this request gets a 429. */
  boolean rateLimited() {
    if (rateLimited == 0) {
      return false;
    }
    rateLimited--;
    return true;
  }

  /** What this request is answered instead, or {@code null}. */
  @Nullable Replacement route(Request request) {
    for (Iterator<RouteFault> all = routes.iterator(); all.hasNext(); ) {
      RouteFault fault = all.next();
      if ((fault.method.equals("*") || fault.method.equals(request.method()))
          && request.path().startsWith(fault.pathPrefix)) {
        if (--fault.times == 0) {
          all.remove();
        }
        return fault.replacement;
      }
    }
    return null;
  }

  /** Forgets all orders. */
  public void clear() {
    routes.clear();
    handshakes = 0;
    rateLimited = 0;
  }
}
