package io.respoke.service.routes;

import io.respoke.service.state.Ids;

/**
 * When and why something happens.
 *
 * @param now epoch milliseconds
 * @param requestId the request that caused it, or a new id
 */
public record Occasion(long now, String requestId) {
  /** An occasion that no request caused. */
  public static Occasion at(long now) {
    return new Occasion(now, Ids.request());
  }

  static Occasion of(Request request) {
    return new Occasion(request.now(), request.requestId());
  }
}
