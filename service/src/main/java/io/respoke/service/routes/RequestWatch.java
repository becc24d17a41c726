package io.respoke.service.routes;

/** Is told of every request once it is answered. */
@FunctionalInterface
public interface RequestWatch {
  /** A request has been answered with a status. */
  void answered(Request request, int status);
}
