package io.respoke.service.routes;

/** Answers the requests of one route. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers a request.
   *
   * @throws Refused for an error answer
   */
  Answer handle(Request request);
}
