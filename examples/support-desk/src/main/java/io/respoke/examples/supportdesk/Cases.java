package io.respoke.examples.supportdesk;

import io.respoke.Client;
import io.respoke.Group;
import io.respoke.Message;
import io.respoke.MessageOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The cases: a group for each visitor, whose history is what was said. */
@ApplicationScoped
class Cases {
  private static final MessageOptions KEPT = MessageOptions.defaults().withPersist(true);

  @Inject Client client;

  /** Adds a line to a visitor's case, which is opened by the first one. */
  CompletionStage<Group> add(String visitor, String line) {
    return client
        .join(People.caseOf(visitor))
        .thenCompose(group -> group.sendMessage(line, KEPT).thenApply(sent -> group));
  }

  /** What was said, oldest first. */
  CompletionStage<List<String>> lines(String visitor) {
    return client
        .group(People.caseOf(visitor))
        .history()
        .thenApply(history -> history.stream().map(Cases::line).toList());
  }

  /** The desk writes down what others say, and agents write themselves. */
  static String line(Message message) {
    String who = People.called(message.from());
    return who.equals(message.from()) ? message.text() : who + ": " + message.text();
  }
}
