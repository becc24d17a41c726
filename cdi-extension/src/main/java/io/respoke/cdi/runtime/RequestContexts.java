package io.respoke.cdi.runtime;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs code with a request context, its own unless there is one. */
final class RequestContexts {
  private final Instance<RequestContextController> controllers;
  // Looking one up costs more than many an observer; there are as many as threads at one time.
  private final Queue<RequestContextController> spare = new ConcurrentLinkedQueue<>();

  RequestContexts(Instance<RequestContextController> controllers) {
    this.controllers = controllers;
  }

  void run(Runnable task) {
    RequestContextController controller = spare.poll();
    if (controller == null) {
      controller = controllers.get();
    }
    boolean mine = controller.activate();
    try {
      task.run();
    } finally {
      if (mine) {
        controller.deactivate();
      }
      spare.add(controller);
    }
  }
}
