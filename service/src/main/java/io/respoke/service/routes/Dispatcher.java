package io.respoke.service.routes;

import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.Json;
import io.respoke.protocol.Wire;
import io.respoke.service.state.Figures;
import io.respoke.service.state.RateLimiter;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes every request through the same gates: ordered faults, rate limit, size, route; and puts the
 * headers on every answer (protocol-wire R-29).
 */
public final class Dispatcher {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

  private final Router router;
  private final RequestLimits limits;
  private final Faults faults;
  private final Figures figures;
  private final RequestWatch watch;

  /**
   * Dispatches to the routes of a router.
   *
   * @param figures where requests and errors are counted
   */
  public Dispatcher(
      Router router, RequestLimits limits, Faults faults, Figures figures, RequestWatch watch) {
    this.router = router;
    this.limits = limits;
    this.faults = faults;
    this.figures = figures;
    this.watch = watch;
  }

  /**
   * Answers a request; never throws. The reply is given at once, or later on the event loop where
   * it waits for something; exactly one is given.
   */
  public void dispatch(Request request, boolean tooLarge, Consumer<Reply> to) {
    RateLimiter.Verdict verdict = verdict(request);
    Faults.Replacement replacement = faults.route(request);
    if (replacement != null) {
      JsonObject body =
          replacement.body() == null
              ? Json.object().add("error", "Refused with " + replacement.status() + ".").build()
              : replacement.body();
      to.accept(
          new Reply(
              response(request, new Answer(replacement.status(), body, null), verdict),
              replacement.text(),
              null));
      return;
    }
    Answer answer =
        verdict.allowed()
            ? answer(request, tooLarge)
            : new Answer(429, RequestLimits.exceeded(), null);
    CompletionStage<Answer> later = answer.later();
    if (later == null) {
      to.accept(reply(request, answer, verdict));
      return;
    }
    var unused =
        later.whenComplete(
            (known, failure) ->
                to.accept(
                    reply(request, known == null ? failed(request, failure) : known, verdict)));
  }

  private Reply reply(Request request, Answer answer, RateLimiter.Verdict verdict) {
    return new Reply(response(request, answer, verdict), null, answer.afterwards());
  }

  private static Answer failed(Request request, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof Refused refused) {
      return refused.answer();
    }
    LOG.log(System.Logger.Level.ERROR, "request failed: " + request, cause);
    return Answer.error(500, "Internal error. Request-Id: " + request.requestId());
  }

  /** Answers a request that could not be read. */
  public Reply refuse(Request request, int status, String error) {
    return new Reply(response(request, Answer.error(status, error), verdict(request)), null, null);
  }

  private RateLimiter.Verdict verdict(Request request) {
    if (faults.rateLimited()) {
      return new RateLimiter.Verdict(false, 0);
    }
    return limits.take(request);
  }

  private Answer answer(Request request, boolean tooLarge) {
    try {
      if (tooLarge && !exempt(request)) {
        return Answer.error(
            400, "Request body exceeds maximum size of " + Wire.BODY_LIMIT + " bytes");
      }
      return router.handle(request);
    } catch (Refused e) {
      return e.answer();
    } catch (RuntimeException e) {
      return failed(request, e);
    }
  }

  /** Asterisk's offers may be larger than what SDKs send. */
  private static boolean exempt(Request request) {
    return request.caller() instanceof Caller.AppServer
        && request.path().regionMatches(true, 0, "/v1/signaling", 0, 13);
  }

  private ApiResponse response(Request request, Answer answer, RateLimiter.Verdict verdict) {
    figures.count(Figures.Counter.REQUESTS);
    if (answer.status() >= 400) {
      figures.count(Figures.Counter.ERRORS);
    }
    watch.answered(request, answer.status());
    Map<String, String> headers = new LinkedHashMap<>(8);
    headers.put(Wire.REQUEST_ID, request.requestId());
    limits.show(verdict, headers::put);
    headers.putAll(answer.headers());
    return new ApiResponse(answer.status(), headers, answer.body());
  }
}
