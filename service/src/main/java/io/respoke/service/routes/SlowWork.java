package io.respoke.service.routes;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Does what takes too long for the event loop somewhere else. */
@FunctionalInterface
public interface SlowWork {
  /** Runs a task elsewhere; the stage completes on the event loop. */
  CompletionStage<Boolean> run(Supplier<Boolean> task);
}
