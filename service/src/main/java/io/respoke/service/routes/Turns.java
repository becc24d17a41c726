package io.respoke.service.routes;

import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.AppSpace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets the changes of one app follow each other: each begins when the one before it is stored or
 * has failed, and so builds on what that left behind. Changes of other apps do not wait. On the
 * event loop.
 */
final class Turns {
  static final int WAITING = 1_000;

  private record Waiting(Supplier<Answer> change, CompletableFuture<Answer> answer) {}

  private final AppRegistry apps;
  private final Map<AppSpace, Deque<Waiting>> underWay = new HashMap<>();

  /** Of these apps. */
  Turns(AppRegistry apps) {
    this.apps = apps;
  }

  /**
   * Begins a change, at once or when it is its turn.
   *
   * @param change looks at the app when it is called, not before; may throw {@link Refused}
   * @throws Refused with 404 if the app is gone, with 503 if too many wait; when it waits first,
   *     the answer fails with the same
   */
  Answer take(AppSpace space, Supplier<Answer> change) {
    Deque<Waiting> waiting = underWay.get(space);
    if (waiting == null) {
      Answer answer = begin(space, change);
      CompletionStage<Answer> later = answer.later();
      if (later != null && !later.toCompletableFuture().isDone()) {
        underWay.put(space, new ArrayDeque<>());
        var unused = later.whenComplete((done, failure) -> goOn(space));
      }
      return answer;
    }
    if (waiting.size() >= WAITING) {
      throw new Refused(
          503, "It was not stored: " + WAITING + " changes of the app wait already. Try again.");
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.add(new Waiting(change, answer));
    return Answer.after(answer);
  }

  private Answer begin(AppSpace space, Supplier<Answer> change) {
    if (!apps.has(space)) {
      throw new Refused(404, "Object 'Apps' not found.");
    }
    return change.get();
  }

  /** A loop, because what cannot be stored fails at once, and a thousand of it may wait. */
  private void goOn(AppSpace space) {
    Deque<Waiting> waiting = underWay.getOrDefault(space, new ArrayDeque<>(0));
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      CompletableFuture<Answer> answer = next.answer;
      CompletableFuture<Answer> done = stage(space, next.change);
      boolean later = !done.isDone();
      var unused =
          done.whenComplete(
              (known, failure) -> {
                if (failure == null) {
                  answer.complete(known);
                } else {
                  answer.completeExceptionally(failure);
                }
                if (later) {
                  goOn(space);
                }
              });
      if (later) {
        return;
      }
    }
    underWay.remove(space);
  }

  private CompletableFuture<Answer> stage(AppSpace space, Supplier<Answer> change) {
    try {
      Answer answer = begin(space, change);
      CompletionStage<Answer> later = answer.later();
      return later == null
          ? CompletableFuture.completedFuture(answer)
          : later.toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
