package io.respoke.benchmarks.quarkus;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Has an observer. */
@QuarkusMain
@ApplicationScoped
public class Application {
  /** Runs until it is killed. */
  public static void main(String[] arguments) {
    Quarkus.run(arguments);
  }

  void message(@Observes String event) {}
}
