package io.respoke.service.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.Change.ReportKind;
import io.respoke.service.storage.Conversation;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StoredApp;
import io.respoke.service.storage.StoredMessage;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every storage does, whatever it keeps its data in. */
abstract class StorageContract {
  private static final String LONG_NAME = "ä\"'\\%_".repeat(500);

  Storage storage;

  /** A storage without anything in it. */
  abstract Storage open() throws Exception;

  /** The same after a restart. */
  abstract Storage reopen(Storage old) throws Exception;

  @BeforeEach
  void openStorage() throws Exception {
    storage = open();
  }

  @AfterEach
  void closeStorage() {
    storage.close();
  }

  static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  final void store(Change... changes) throws Exception {
    done(storage.store(List.of(changes)));
  }

  static StoredApp app(String id, String name) {
    return new StoredApp(
        id,
        "digest-" + id,
        name,
        "",
        false,
        List.of("a.example", "b.example"),
        true,
        "D-" + id,
        "V-" + id,
        5_000,
        7,
        1);
  }

  static JsonObject json(String text) {
    return Json.object().add("text", text).build();
  }

  static StoredMessage message(long timestamp, String from) {
    return new StoredMessage(timestamp, from, json(timestamp + " ✓ \u0000 \"" + from));
  }

  final List<StoredMessage> history(String app, String group, int limit, Long before)
      throws Exception {
    return done(storage.history(app, List.of(group), limit, before)).get(group);
  }

  @Test
  void whatWasStoredIsLoadedAgain() throws Exception {
    List<Change> all =
        List.of(
            new Change.AccountStored("account"),
            new Change.AdministratorStored("root", "hash"),
            new Change.AppStored(app("one", "One")),
            new Change.RoleStored("one", "R2", json("second first")),
            new Change.RoleStored("one", "R1", json("role")),
            new Change.GroupCreated("one", LONG_NAME),
            new Change.MarkStored("one", "alice", "room", 0),
            new Change.MarkStored("one", LONG_NAME, LONG_NAME, 17),
            new Change.DeviceStored("one", "push_1", "alice", "google", "token"),
            new Change.WebhookStored("one", "https://x/?a=b", "whsec", List.of("message", "b")),
            new Change.PushRulesStored("one", json("rules")),
            new Change.PushAsked("one", "push_2", LONG_NAME, json("config"), 17),
            new Change.PushAsked("one", "push_1", "bob", json("other"), 16),
            new Change.EventQueued("one", "E2", "message", "endpoint:alice", "{}", 17),
            new Change.EventQueued("one", "E1", "groupJoined", LONG_NAME, "{\"a\":1}", 18),
            new Change.EventQueued("one", "E3", "message", "k", "{}", 19),
            new Change.EventFinished("one", "E1", true, 1, 20, 204, 3, null),
            new Change.EventFinished("one", "E2", false, 50, 21, 0, 9_999, "ä: " + LONG_NAME),
            new Change.ReportStored("one", ReportKind.DEBUG, json("report 1")),
            new Change.ReportStored("one", ReportKind.DEBUG, json("report 2")),
            new Change.ReportStored("one", ReportKind.PUSH, json("report 3")),
            new Change.AppStored(app("two", "Two")),
            new Change.RoleStored("two", "R1", json("another app's role")));
    done(storage.store(all));
    storage = reopen(storage);
    assertEquals(all, storage.load());
  }

  @Test
  void storingAgainReplacesAndKeepsThePlace() throws Exception {
    store(
        new Change.AppStored(app("one", "One")),
        new Change.RoleStored("one", "R1", json("first")),
        new Change.RoleStored("one", "R2", json("second")),
        new Change.MarkStored("one", "alice", "room", 1),
        new Change.DeviceStored("one", "push_1", "alice", "google", "token"),
        new Change.AdministratorStored("root", "old"));
    store(
        new Change.AppStored(app("one", "New name")),
        new Change.RoleStored("one", "R1", json("changed")),
        new Change.MarkStored("one", "alice", "room", 2),
        new Change.DeviceStored("one", "push_1", "bob", "apple", "other"),
        new Change.AdministratorStored("root", "new"));
    storage = reopen(storage);
    assertEquals(
        List.of(
            new Change.AdministratorStored("root", "new"),
            new Change.AppStored(app("one", "New name")),
            new Change.RoleStored("one", "R1", json("changed")),
            new Change.RoleStored("one", "R2", json("second")),
            new Change.MarkStored("one", "alice", "room", 2),
            new Change.DeviceStored("one", "push_1", "bob", "apple", "other")),
        storage.load());
  }

  @Test
  void whatWasRemovedIsGone() throws Exception {
    store(
        new Change.AdministratorStored("root", "hash"),
        new Change.AppStored(app("one", "One")),
        new Change.AppStored(app("two", "Two")),
        new Change.RoleStored("one", "R1", json("role")),
        new Change.GroupCreated("one", "room"),
        new Change.MarkStored("one", "alice", "room", 1),
        new Change.DeviceStored("one", "push_1", "alice", "google", "token"),
        new Change.WebhookStored("one", "https://x/", "whsec", List.of()),
        new Change.EventQueued("one", "E1", "message", "k", "{}", 1),
        new Change.EventQueued("one", "E2", "message", "k", "{}", 1),
        new Change.WebhookStored("two", "https://x/", "whsec", List.of()),
        new Change.EventQueued("two", "E1", "message", "k", "{}", 1),
        new Change.PushRulesStored("two", json("rules")),
        new Change.PushAsked("one", "push_1", "bob", json("config"), 17),
        new Change.PushAsked("two", "push_1", "bob", json("config"), 17),
        new Change.RoleStored("two", "R1", json("role")),
        new Change.ReportStored("two", ReportKind.DEBUG, json("report")),
        new Change.MessageStored("two", "room", message(1, "alice")));
    store(
        new Change.AdministratorRemoved("root"),
        new Change.RoleRemoved("one", "R1"),
        new Change.GroupDestroyed("one", "room"),
        new Change.MarkRemoved("one", "alice", "room"),
        new Change.DeviceRemoved("one", "push_1"),
        new Change.DeviceRemoved("one", "never was"),
        new Change.EventSettled("one", "E1"),
        new Change.WebhookRemoved("one"),
        new Change.EventSettled("one", "never was"),
        new Change.PushSettled("one", "push_1"),
        new Change.PushSettled("one", "never was"),
        new Change.AppRemoved("two"));
    assertEquals(List.of(new Change.AppStored(app("one", "One"))), storage.load());
    storage = reopen(storage);
    assertEquals(List.of(new Change.AppStored(app("one", "One"))), storage.load());
    store(new Change.AppStored(app("two", "Again")));
    assertEquals(List.of(), history("two", "room", 10, null));
  }

  @Test
  void whatWasUnderWayWhenItsAppWasRemovedDoesNotComeBackWithIt() throws Exception {
    Change app = new Change.AppStored(app("one", "One"));
    Change role = new Change.RoleStored("one", "R1", json("role"));
    Change message = new Change.MessageStored("one", "room", message(1, "alice"));
    store(app, role, message);

    CompletionStage<Void> removed = storage.store(List.of(new Change.AppRemoved("one"), role));
    CompletionStage<Void> late = storage.store(List.of(message, role));
    done(removed);
    done(late);
    store(message);
    storage = reopen(storage);
    store(app);

    assertEquals(List.of(app), storage.load());
    assertEquals(List.of(), history("one", "room", 10, null));
    store(role, message);
    assertEquals(List.of(app, role), storage.load());
    assertEquals(1, history("one", "room", 10, null).size());
  }

  @Test
  void anEventThatEndedIsKeptUntilItIsSettledAndCanWaitAgain() throws Exception {
    Change.EventQueued first = new Change.EventQueued("one", "E1", "message", "k", "{}", 1);
    Change.EventQueued second = new Change.EventQueued("one", "E2", "message", "k", "{}", 2);
    Change.EventQueued third = new Change.EventQueued("one", "E3", "message", "k", "{}", 3);
    Change.EventFinished early = new Change.EventFinished("one", "E2", false, 1, 10, 422, 1, "no");
    Change.EventFinished late = new Change.EventFinished("one", "E1", true, 2, 20, 200, 1, null);
    store(new Change.AppStored(app("one", "One")), first, second, third, early);
    store(late, new Change.EventFinished("one", "never was", true, 1, 30, 200, 1, null));
    storage = reopen(storage);
    assertEquals(List.of(first, second, third, early, late), inApp());
    store(new Change.EventSettled("one", "E2"), second);
    storage = reopen(storage);
    assertEquals(List.of(first, third, second), queued(), "it waits again, after the others");
    assertEquals(List.of(late), finished());
    store(first);
    assertEquals(List.of(), finished(), "what is queued again waits again");
    store(late, new Change.WebhookRemoved("one"));
    storage = reopen(storage);
    assertEquals(List.of(first, late), inApp(), "what waited is gone");
    store(new Change.EventSettled("one", "E1"));
    storage = reopen(storage);
    assertEquals(List.of(), inApp());
  }

  private List<Change> inApp() {
    return storage.load().stream().filter(c -> !(c instanceof Change.AppStored)).toList();
  }

  private List<Change> queued() {
    return storage.load().stream().filter(Change.EventQueued.class::isInstance).toList();
  }

  private List<Change> finished() {
    return storage.load().stream().filter(Change.EventFinished.class::isInstance).toList();
  }

  @Test
  void theNewestReportsAreKept() throws Exception {
    store(new Change.AppStored(app("one", "One")));
    List<Change> expected = new ArrayList<>();
    for (int i = 0; i < Storage.REPORTS + 20; i++) {
      Change report = new Change.ReportStored("one", ReportKind.DEBUG, json("report " + i));
      store(report);
      if (i >= 20) {
        expected.add(report);
      }
    }
    assertEquals(expected, storage.load().subList(1, storage.load().size()));
  }

  @Test
  void historyIsPagedNewestFirst() throws Exception {
    for (int i = 1; i <= 10; i++) {
      // Two in each millisecond: they keep the order in which they came.
      store(
          new Change.MessageStored("one", "room", message(i, "alice")),
          new Change.MessageStored("one", "room", message(i, "bob")));
    }
    store(new Change.MessageStored("one", LONG_NAME, message(99, "carol")));
    store(new Change.MessageStored("two", "room", message(99, "dave")));
    storage = reopen(storage);
    assertEquals(
        List.of(message(10, "bob"), message(10, "alice"), message(9, "bob")),
        history("one", "room", 3, null));
    assertEquals(
        List.of(message(2, "bob"), message(2, "alice"), message(1, "bob"), message(1, "alice")),
        history("one", "room", 100, 3L));
    assertEquals(List.of(), history("one", "room", 100, 1L));
    Map<String, List<StoredMessage>> both =
        done(storage.history("one", List.of("nothing", LONG_NAME), 5, null));
    assertEquals(Map.of("nothing", List.of(), LONG_NAME, List.of(message(99, "carol"))), both);
  }

  @Test
  void aReadSeesWhatWasGivenBefore() throws Exception {
    CompletionStage<Void> last = null;
    for (int i = 1; i <= 200; i++) {
      last = storage.store(List.of(new Change.MessageStored("one", "room", message(i, "alice"))));
    }
    assertEquals(message(200, "alice"), history("one", "room", 1, null).get(0));
    assertTrue(last.toCompletableFuture().isDone());
  }

  @Test
  void conversationsTellWhatIsUnread() throws Exception {
    for (int i = 1; i <= 5; i++) {
      store(new Change.MessageStored("one", "room", message(i, i == 4 ? "alice" : "bob")));
    }
    store(new Change.MessageStored("one", LONG_NAME, message(9, "alice")));
    Map<String, Long> marks = new LinkedHashMap<>();
    marks.put("room", 2L);
    marks.put("empty", 0L);
    marks.put(LONG_NAME, 0L);
    assertEquals(
        List.of(
            new Conversation("room", message(5, "bob"), 2),
            new Conversation(LONG_NAME, message(9, "alice"), 0)),
        done(storage.conversations("one", "alice", marks)));
  }

  @Test
  void oldMessagesAreDroppedAFewAtATime() throws Exception {
    for (int i = 1; i <= 20; i++) {
      store(new Change.MessageStored("one", "room", message(i, "alice")));
    }
    store(new Change.MessageStored("one", "small", message(20, "alice")));
    store(new Change.MessageStored("two", "room", message(1, "alice")));
    assertEquals(3, done(storage.trim("one", 6, 0, 3)));
    assertEquals(2, done(storage.trim("one", 6, 0, 3)));
    assertEquals(0, done(storage.trim("one", 6, 0, 3)));
    assertEquals(4, done(storage.trim("one", 0, 10, 4)));
    assertEquals(1, done(storage.trim("one", 0, 10, 4)));
    assertEquals(0, done(storage.trim("one", 0, 10, 4)));
    assertEquals(
        IntStream.iterate(20, i -> i - 1).limit(10).mapToObj(i -> message(i, "alice")).toList(),
        history("one", "room", 100, null));
    assertEquals(1, history("one", "small", 100, null).size());
    assertEquals(1, history("two", "room", 100, null).size());
  }

  @Test
  void itCountsWhatItStored() throws Exception {
    store(new Change.AppStored(app("one", "One")), new Change.GroupCreated("one", "room"));
    assertTrue(storage.state().ready());
    assertEquals(2, storage.state().stored());
    assertEquals(0, storage.state().failed());
  }

  @Test
  void noChangeShowsASecret() {
    List<Change> changes =
        Arrays.asList(
            new Change.AdministratorStored("root", "s3cret"),
            new Change.AppStored(
                new StoredApp("a", "s3cret", "n", "", true, List.of(), true, "D", "V", 0, 0, 0)),
            new Change.WebhookStored("a", "https://x/s3cret", "s3cret", List.of()),
            new Change.EventQueued("a", "id", "message", "k", "s3cret", 1),
            new Change.DeviceStored("a", "id", "e", "google", "s3cret"));
    changes.forEach(change -> assertTrue(!change.toString().contains("s3cret"), change::toString));
  }
}
