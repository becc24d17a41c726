package io.respoke.service.routes;

import io.respoke.service.storage.Change;
import io.respoke.service.storage.Conversation;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import io.respoke.service.storage.StorageState;
import io.respoke.service.storage.StoredMessage;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A storage in memory whose commits take until the test says so, as those of a database do. */
final class HeldCommits implements Storage {
  private record Held(List<Change> changes, CompletableFuture<Void> done) {}

  private final Storage storage = Storage.inMemory(100, 100);
  private final Deque<Held> held = new ArrayDeque<>();

  /** How many changes wait for their commit. */
  int waiting() {
    return held.size();
  }

  /** Commits what has waited longest. */
  void commit() {
    Held next = held.remove();
    Void unused = storage.store(next.changes).toCompletableFuture().join();
    next.done.complete(null);
  }

  /** Fails what has waited longest. */
  void fail() {
    held.remove()
        .done
        .completeExceptionally(new StorageException(Reason.UNAVAILABLE, "it is away", null));
  }

  @Override
  public List<Change> load() {
    return storage.load();
  }

  @Override
  public CompletionStage<Void> store(List<Change> changes) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    held.add(new Held(List.copyOf(changes), done));
    return done;
  }

  @Override
  public CompletionStage<Map<String, List<StoredMessage>>> history(
      String appId, Collection<String> groups, int limit, Long before) {
    return storage.history(appId, groups, limit, before);
  }

  @Override
  public CompletionStage<List<Conversation>> conversations(
      String appId, String reader, Map<String, Long> marks) {
    return storage.conversations(appId, reader, marks);
  }

  @Override
  public CompletionStage<Integer> trim(
      String appId, long olderThan, int messagesPerGroup, int atMost) {
    return storage.trim(appId, olderThan, messagesPerGroup, atMost);
  }

  @Override
  public StorageState state() {
    return storage.state();
  }

  @Override
  public void close() {
    storage.close();
  }
}
