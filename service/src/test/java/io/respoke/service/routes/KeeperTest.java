package io.respoke.service.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.Limits;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.Conversation;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import io.respoke.service.storage.StorageState;
import io.respoke.service.storage.StoredMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** When an answer is given, with a storage that is done when the test says so. */
class KeeperTest {
  private final Deque<CompletableFuture<Void>> stages = new ArrayDeque<>();
  private final Deque<Runnable> loop = new ArrayDeque<>();
  private final List<String> answered = new ArrayList<>();
  private final Keeper keeper =
      new Keeper(
          new HeldStorage(),
          new WorkingSet("account", new AppRegistry(), Limits.of(0, 0)),
          loop::add);

  private CompletableFuture<Void> stage() {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    stages.add(stage);
    return stage;
  }

  private Answer keep(String name) {
    return keeper.keep(
        List.of(new Change.GroupCreated("app", name)),
        () -> {
          answered.add(name);
          return Answer.of(Json.object().add("name", name).build());
        });
  }

  private void runLoop() {
    while (!loop.isEmpty()) {
      loop.remove().run();
    }
  }

  @Test
  void whatIsStoredAlreadyIsAnsweredAtOnce() {
    stage().complete(null);
    assertNull(keep("one").later());
    assertEquals(List.of("one"), answered);
  }

  @Test
  void anAnswerWaitsForItsCommitAndComesOnTheLoop() {
    CompletableFuture<Void> one = stage();
    Answer answer = keep("one");
    one.complete(null);
    assertEquals(List.of(), answered);
    runLoop();
    assertEquals(List.of("one"), answered);
    assertEquals(200, answer.later().toCompletableFuture().join().status());
  }

  @Test
  void noAnswerOvertakesAnEarlierOneThatIsOnItsWay() {
    CompletableFuture<Void> one = stage();
    Answer unused = keep("one");
    one.complete(null);
    stage().complete(null);
    Answer second = keep("two");
    assertEquals(List.of(), answered);
    runLoop();
    assertEquals(List.of("one", "two"), answered);
    assertTrue(second.later().toCompletableFuture().isDone());
    stage().complete(null);
    assertNull(keep("three").later());
  }

  @Test
  void whatWasNotStoredIsRefusedAndSaysWhetherItMayHaveBeen() {
    for (Reason reason : List.of(Reason.BEHIND, Reason.UNAVAILABLE, Reason.UNKNOWN)) {
      CompletableFuture<Void> one = stage();
      Answer answer = keep("one");
      one.completeExceptionally(new StorageException(reason, "the reason", null));
      runLoop();
      CompletionException failed =
          org.junit.jupiter.api.Assertions.assertThrows(
              CompletionException.class, () -> answer.later().toCompletableFuture().join());
      Refused refused = (Refused) failed.getCause();
      assertEquals(503, refused.answer().status());
      assertEquals(
          reason == Reason.UNKNOWN
              ? "It may not have been stored: the reason"
              : "It was not stored: the reason",
          refused.answer().body().asJsonObject().getString("error"));
    }
    assertEquals(List.of(), answered);
  }

  private final class HeldStorage implements Storage {
    @Override
    public List<Change> load() {
      return List.of();
    }

    @Override
    public CompletionStage<Void> store(List<Change> changes) {
      return stages.remove();
    }

    @Override
    public CompletionStage<Map<String, List<StoredMessage>>> history(
        String appId, Collection<String> groups, int limit, Long before) {
      return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletionStage<List<Conversation>> conversations(
        String appId, String reader, Map<String, Long> marks) {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Integer> trim(
        String appId, long olderThan, int messagesPerGroup, int atMost) {
      return CompletableFuture.completedFuture(0);
    }

    @Override
    public StorageState state() {
      return new StorageState(true, 0, 0, 0, 0, null);
    }

    @Override
    public void close() {}
  }
}
