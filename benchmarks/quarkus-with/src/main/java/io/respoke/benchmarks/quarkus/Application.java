package io.respoke.benchmarks.quarkus;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.respoke.Client;
import io.respoke.event.MessageReceived;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Has a client and an observer. */
@QuarkusMain
@ApplicationScoped
public class Application {
  @Inject Client client;

  /** Runs until it is killed. */
  public static void main(String[] arguments) {
    Quarkus.run(arguments);
  }

  void message(@Observes MessageReceived event) {
    client.sendMessage(event.message().from(), "");
  }
}
