package io.respoke.service.routes;

import io.respoke.service.storage.Change;
import io.respoke.service.storage.Conversation;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageState;
import io.respoke.service.storage.StoredMessage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from the routes to storage and back onto the event loop. What is changed here is known in
 * memory once it is stored, and answered after that; what fails has changed nothing.
 */
public final class Keeper {
  private static final System.Logger LOG = System.getLogger(Keeper.class.getName());
  private static final int TRIMMED_AT_ONCE = 500;

  private final Storage storage;
  private final WorkingSet workingSet;
  private final Executor loop;
  private final EventNotes notes;
  private int onTheirWay;

  /**
   * Between these two.
   *
   * @param loop runs tasks on the event loop, in order
   */
  public Keeper(Storage storage, WorkingSet workingSet, Executor loop) {
    this.storage = storage;
    this.notes = new EventNotes(storage);
    this.workingSet = workingSet;
    this.loop = loop;
  }

  /** Stores changes, then answers; at once when there are none. */
  Answer keep(List<Change> changes, Supplier<Answer> answer) {
    return keep(changes, "It", answer);
  }

  /**
   * Stores changes, then answers.
   *
   * @param what the start of the sentence that ends with "was not stored"
   */
  Answer keep(List<Change> changes, String what, Supplier<Answer> answer) {
    if (changes.isEmpty()) {
      return answer.get();
    }
    return Answer.after(
        onLoop(storage.store(changes))
            .handle(
                (stored, failure) -> {
                  if (failure != null) {
                    throw refused(what, failure);
                  }
                  changes.forEach(this::apply);
                  return answer.get();
                }));
  }

  private void apply(Change change) {
    List<Change> forgotten = workingSet.apply(change);
    if (!forgotten.isEmpty()) {
      forget(forgotten);
    }
  }

  /** Removes what nobody waits for; what fails is tried again when the service starts. */
  void forget(List<Change> changes) {
    var unused =
        storage
            .store(changes)
            .whenComplete(
                (stored, failure) -> {
                  if (failure != null) {
                    LOG.log(System.Logger.Level.WARNING, "not removed from storage", failure);
                  }
                });
  }

  /** Where what nobody waits for is written down. */
  public EventNotes notes() {
    return notes;
  }

  private static Refused refused(String what, Throwable failure) {
    StorageException cause = cause(failure);
    return new Refused(
        503,
        what
            + (cause.reason() == StorageException.Reason.UNKNOWN
                ? " may not have been stored: "
                : " was not stored: ")
            + cause.getMessage());
  }

  private static StorageException cause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StorageException known) {
      return known;
    }
    throw new CompletionException(failure);
  }

  /** Answers with messages of groups. */
  Answer history(
      String appId,
      Collection<String> groups,
      int limit,
      @Nullable Long before,
      Function<Map<String, List<StoredMessage>>, Answer> answer) {
    return read(storage.history(appId, groups, limit, before), answer);
  }

  /** Answers with what a reader has not read. */
  Answer conversations(
      String appId,
      String reader,
      Map<String, Long> marks,
      Function<List<Conversation>, Answer> answer) {
    return read(storage.conversations(appId, reader, marks), answer);
  }

  private <T> Answer read(CompletionStage<T> stage, Function<T, Answer> answer) {
    return Answer.after(
        onLoop(stage)
            .handle(
                (found, failure) -> {
                  if (failure != null) {
                    throw new Refused(503, "It could not be read: " + cause(failure).getMessage());
                  }
                  return answer.apply(found);
                }));
  }

  /** Drops old messages of an app, a few at a time, until there are none; nobody waits for it. */
  public void trim(String appId, long olderThan, int messagesPerGroup) {
    var unused =
        storage
            .trim(appId, olderThan, messagesPerGroup, TRIMMED_AT_ONCE)
            .whenComplete(
                (dropped, failure) -> {
                  if (failure != null) {
                    LOG.log(System.Logger.Level.WARNING, "old messages are not dropped", failure);
                  } else if (dropped == TRIMMED_AT_ONCE) {
                    loop.execute(() -> trim(appId, olderThan, messagesPerGroup));
                  }
                });
  }

  /** How the storage does. */
  public StorageState state() {
    return storage.state();
  }

  /**
   * What was stored comes back in the order in which it was given. What is complete already, and
   * overtakes nothing, stays complete, so that it is answered at once.
   */
  private <T> CompletionStage<T> onLoop(CompletionStage<T> stage) {
    CompletableFuture<T> known = stage.toCompletableFuture();
    if (onTheirWay == 0 && known.isDone()) {
      return known;
    }
    onTheirWay++;
    CompletableFuture<T> result = new CompletableFuture<>();
    var unused =
        known.whenComplete(
            (value, failure) ->
                loop.execute(
                    () -> {
                      onTheirWay--;
                      if (failure == null) {
                        result.complete(value);
                      } else {
                        result.completeExceptionally(failure);
                      }
                    }));
    return result;
  }
}
