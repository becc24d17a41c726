package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.protocol.Wire;
import io.respoke.service.state.RateLimiter;
import jakarta.json.JsonObject;
import java.util.function.BiConsumer;

/**
 * Who may make how many requests: an endpoint by its session, an app with all that is in it, and an
 * address without a credential that holds.
 */
public final class RequestLimits {
  /** What is said to whoever makes too many requests. */
  public static final String EXCEEDED = "API rate limit was exceeded.";

  private final RateLimiter sessions;
  private final RateLimiter apps;
  private final RateLimiter addresses;

  /** Limits by these. */
  public RequestLimits(RateLimiter sessions, RateLimiter apps, RateLimiter addresses) {
    this.sessions = sessions;
    this.apps = apps;
    this.addresses = addresses;
  }

  /** The answer to a request over the limit; no {@code rateLimit} member (protocol-wire §3.5). */
  static JsonObject exceeded() {
    return Json.object().add("error", EXCEEDED).build();
  }

  /** Shows a verdict in the headers of its answer (protocol-wire R-29). */
  public void show(RateLimiter.Verdict verdict, BiConsumer<String, String> headers) {
    headers.accept(Wire.RATE_LIMIT, Integer.toString(sessions.shownLimit()));
    headers.accept(Wire.RATE_LIMIT_UNITS, "seconds");
    headers.accept(Wire.RATE_LIMIT_REMAINING, Integer.toString(verdict.remaining()));
  }

  /** Counts a handshake of an address without a credential that holds. */
  public RateLimiter.Verdict stranger(String address, long now) {
    return addresses.take(address, now);
  }

  /** Counts a request. */
  RateLimiter.Verdict take(Request request) {
    Caller caller = request.caller();
    if (caller instanceof Caller.Member member) {
      RateLimiter.Verdict own = sessions.take(member.session().token(), request.now());
      return own.allowed() ? least(own, app(member.session().space().app().id(), request)) : own;
    }
    // Passwords can be guessed, unlike tokens.
    RateLimiter.Verdict guess =
        request.path().regionMatches(true, 0, "/v1/admin", 0, 9)
            ? sessions.take(request.remoteAddress(), request.now())
            : sessions.unlimited();
    if (!guess.allowed() || caller instanceof Caller.Administrator) {
      return guess;
    }
    return caller instanceof Caller.AppServer server
        ? least(guess, app(server.space().app().id(), request))
        : least(guess, addresses.take(request.remoteAddress(), request.now()));
  }

  private RateLimiter.Verdict app(String id, Request request) {
    return apps.take(id, request.now());
  }

  private static RateLimiter.Verdict least(RateLimiter.Verdict one, RateLimiter.Verdict other) {
    return other.allowed() && one.remaining() <= other.remaining() ? one : other;
  }
}
