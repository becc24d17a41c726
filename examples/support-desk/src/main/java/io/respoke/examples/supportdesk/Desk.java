package io.respoke.examples.supportdesk;

import io.respoke.Client;
import io.respoke.Message;
import io.respoke.event.Connected;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MessageReceived;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The desk's chat: writes what visitors say into their case, and tells them what agents answer. */
@ApplicationScoped
public class Desk {
  private static final Logger LOG = System.getLogger(Desk.class.getName());

  @Inject Client client;
  @Inject Cases cases;

  /** Made by the container. */
  public Desk() {}

  void opens(@Observes Connected event) {
    client.setPresence("available");
  }

  void asked(@Observes MessageReceived event) {
    Message message = event.message();
    People.visitorNamed(message.from()).ifPresent(visitor -> take(visitor, message.text()));
  }

  private void take(String visitor, String text) {
    cases
        .add(visitor, visitor + ": " + text)
        .thenCompose(group -> cases.lines(visitor))
        .thenCompose(lines -> tell(visitor, "desk: " + answer(visitor, lines)))
        .whenComplete((done, failure) -> log("what " + visitor + " wrote is in no case", failure));
  }

  private static String answer(String visitor, List<String> lines) {
    String name = People.caseOf(visitor);
    return lines.size() == 1
        ? "Thank you, " + visitor + ". This is now " + name + ", and somebody will look at it."
        : "This is with the rest of " + name + ".";
  }

  void answered(@Observes GroupMessageReceived event) {
    String line = Cases.line(event.message());
    People.visitorOf(event.group().id())
        .filter(visitor -> People.isAgent(event.message().from()))
        .ifPresent(
            visitor ->
                client
                    .sendMessage(People.visitor(visitor), line)
                    .whenComplete(
                        (done, failure) -> log(visitor + " is not told: " + line, failure)));
  }

  /** Says something to a visitor, and writes it down. */
  CompletionStage<Void> tell(String visitor, String line) {
    return cases
        .add(visitor, line)
        .thenCompose(group -> client.sendMessage(People.visitor(visitor), line));
  }

  /** Writes down a failure, if it is one. */
  static void log(String what, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.log(Level.WARNING, what, failure);
    }
  }
}
