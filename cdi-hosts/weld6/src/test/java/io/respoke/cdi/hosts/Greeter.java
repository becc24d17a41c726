package io.respoke.cdi.hosts;

import io.respoke.Client;
import io.respoke.event.MessageReceived;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** A bean as applications have them: it answers. */
@ApplicationScoped
public class Greeter {
  @Inject Client client;

  void message(@Observes MessageReceived event) {
    client.sendMessage(event.message().from(), "hello, " + event.message().from());
  }
}
