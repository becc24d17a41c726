package io.respoke.service;

/** Is told of each request that the service has answered. */
@FunctionalInterface
public interface RequestLog {
  /**
   * A request has been answered. Called on the service's event loop, in the order of the answers:
   * it must return at once, and must not throw.
   */
  void answered(RequestEntry entry);

  /** One that keeps nothing. */
  static RequestLog none() {
    return entry -> {};
  }
}
