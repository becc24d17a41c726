package io.respoke.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.core.client.Backlog.Recovery;
import io.respoke.protocol.EventHeader;
import io.respoke.protocol.Json;
import io.respoke.protocol.ServerEvent.Pubsub;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacklogTest {
  private final Backlog backlog = new Backlog(3, 256);

  private static Pubsub at(long time, String text) {
    EventHeader header = EventHeader.from("pubsub", "joe", "c1").at(time, "r-" + text);
    return new Pubsub(header, "g", Json.string(text));
  }

  private static List<String> texts(List<Pubsub> messages) {
    return messages.stream().map(m -> Json.text(m.message())).toList();
  }

  private Recovery recover(int asked, Pubsub... history) {
    return backlog.recover(List.of(history), asked, message -> false);
  }

  @Test
  void liveMessagesPassWhileNothingIsFetched() {
    assertEquals(List.of("a"), texts(backlog.live(at(1, "a"))));
    assertEquals(List.of("b"), texts(backlog.live(at(2, "b"))));
  }

  @Test
  void missedMessagesComeOldestFirstAndBeforeTheLiveOnes() {
    backlog.live(at(1, "seen"));
    backlog.hold();
    assertEquals(List.of(), backlog.live(at(9, "live")));

    Recovery recovery = recover(50, at(5, "second"), at(9, "live"), at(3, "first"), at(1, "seen"));

    assertEquals(List.of("first", "second", "live"), texts(recovery.missed()));
    assertEquals(List.of(), recovery.live(), "it was in the history already");
    assertTrue(recovery.complete());
    assertEquals(List.of("after"), texts(backlog.live(at(10, "after"))), "held back no longer");
  }

  @Test
  void whatWasPublishedWithoutPersistIsStillDeliveredLive() {
    backlog.hold();
    backlog.live(at(9, "live"));

    Recovery recovery = recover(50, at(5, "missed"));

    assertEquals(List.of("missed"), texts(recovery.missed()));
    assertEquals(List.of("live"), texts(recovery.live()));
  }

  @Test
  void aMessageOfTheSameMillisecondAsTheLastSeenOneIsNotTakenForIt() {
    backlog.live(at(5, "seen"));
    backlog.hold();

    assertEquals(List.of("twin"), texts(recover(50, at(5, "seen"), at(5, "twin")).missed()));
  }

  @Test
  void messagesFromBeforeTheMembershipAreNotMissedOnes() {
    backlog.startAt(10);
    backlog.hold();

    assertEquals(List.of("new"), texts(recover(50, at(4, "old"), at(12, "new")).missed()));
  }

  @Test
  void ownMessagesInTheHistoryWereNotMissed() {
    backlog.hold();

    Recovery recovery =
        backlog.recover(
            List.of(at(1, "mine"), at(2, "theirs")),
            50,
            message -> Json.text(message.message()).equals("mine"));

    assertEquals(List.of("theirs"), texts(recovery.missed()));
  }

  @Test
  void aFullAnswerThatDoesNotReachBackToTheLastSeenMessageIsIncomplete() {
    backlog.live(at(1, "seen"));
    backlog.hold();
    assertFalse(recover(2, at(8, "y"), at(9, "z")).complete());

    backlog.hold();
    assertTrue(recover(2, at(9, "z"), at(10, "a")).complete(), "it reaches back to z");

    backlog.hold();
    assertFalse(recover(3, at(20, "b"), at(21, "c")).complete(), "is that all that was kept?");

    backlog.hold();
    assertTrue(recover(3).complete(), "there is nothing");
  }

  @Test
  void whatDoesNotFitWhileHeldBackIsDeliveredAtOnceAndOnlyOnce() {
    backlog.hold();
    backlog.live(at(1, "a"));
    backlog.live(at(2, "b"));
    backlog.live(at(3, "c"));

    assertEquals(List.of("a"), texts(backlog.live(at(4, "d"))));

    Recovery recovery = recover(50, at(1, "a"), at(2, "b"));
    assertEquals(List.of("b"), texts(recovery.missed()));
    assertEquals(List.of("c", "d"), texts(recovery.live()));
  }

  @Test
  void liveMessagesThatDidNotFitDoNotHideOlderMissedOnes() {
    backlog.live(at(1, "seen"));
    backlog.hold();
    for (int i = 0; i < 5; i++) {
      backlog.live(at(100 + i, "live" + i));
    }

    assertEquals(List.of("missed"), texts(recover(50, at(50, "missed")).missed()));
  }

  @Test
  void aNewMembershipEndsAHoldThatNobodyRecovers() {
    backlog.hold();
    backlog.live(at(1, "of the old membership"));

    backlog.startAt(5);

    assertEquals(List.of("a"), texts(backlog.live(at(6, "a"))));
  }

  @Test
  void whatListenersDidNotTakeComesAgainAndSoDoesWhatCameAfterIt() {
    backlog.live(at(1, "taken"));
    backlog.live(at(2, "not taken, persisted"));
    backlog.notTaken(at(2, "not taken, persisted"), true);
    assertEquals(List.of(), backlog.live(at(3, "after it")));

    Recovery recovery = recover(50, at(1, "taken"), at(2, "not taken, persisted"), at(4, "missed"));

    assertEquals(List.of("not taken, persisted", "missed"), texts(recovery.missed()));
    assertEquals(List.of("after it"), texts(recovery.live()));
  }

  @Test
  void aBackfilledMessageThatWasNotTakenIsFetchedOnceMore() {
    backlog.hold();
    recover(50, at(1, "a"), at(2, "b"), at(3, "c"));
    backlog.notTaken(at(2, "b"), false);
    backlog.notTaken(at(3, "c"), false);

    Recovery recovery = recover(50, at(1, "a"), at(2, "b"), at(3, "c"), at(4, "d"));

    assertEquals(List.of("b", "c", "d"), texts(recovery.missed()));
    assertEquals(List.of(), recovery.live());
  }

  @Test
  void notTakenMessagesThatWaitAreBoundedToo() {
    for (int i = 0; i < 10; i++) {
      backlog.notTaken(at(i, "m" + i), true);
    }
    assertEquals(List.of("m0", "m1", "m2"), texts(recover(50).live()));
  }

  @Test
  void aSecondDropWhileHeldBackKeepsWhatIsHeld() {
    backlog.live(at(1, "seen"));
    backlog.hold();
    backlog.live(at(5, "live"));
    backlog.hold();

    Recovery recovery = recover(50, at(3, "missed"));

    assertEquals(List.of("missed"), texts(recovery.missed()));
    assertEquals(List.of("live"), texts(recovery.live()));
  }

  @Test
  void aShortAnswerToAMemberThatHasSeenNothingIsComplete() {
    backlog.startAt(10);
    backlog.hold();

    assertTrue(recover(3, at(20, "first"), at(21, "second")).complete());
  }

  @Test
  void withoutRequestIdsSenderTimeAndContentTellMessagesApart() {
    EventHeader header = EventHeader.from("pubsub", "joe", "c1");
    EventHeader timed =
        new EventHeader(null, "joe", "c1", null, null, null, null, null, null, 7L, null);
    backlog.live(new Pubsub(timed, "g", Json.string("x")));
    backlog.hold();

    Recovery recovery =
        recover(
            50,
            new Pubsub(timed, "g", Json.string("x")),
            new Pubsub(timed, "g", Json.string("y")),
            new Pubsub(header, "g", Json.string("without a time")));

    assertEquals(List.of("y"), texts(recovery.missed()));
  }

  /** A publisher, a lossy connection and a history; every persisted message arrives, once. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void everyPersistedMessageIsDeliveredExactlyOnceAcrossDrops(long seed) {
    Random random = new Random(seed);
    Backlog lossy = new Backlog(1000, 256);
    lossy.startAt(0);
    List<Pubsub> published = new ArrayList<>();
    List<String> delivered = new ArrayList<>();
    long now = 0;
    for (int round = 0; round < 300; round++) {
      now += random.nextInt(2); // often in the same millisecond
      for (int i = random.nextInt(6); i > 0; i--) {
        Pubsub message = at(now, "m" + published.size());
        published.add(message);
        delivered.addAll(texts(lossy.live(message)));
      }
      // The connection is lost; some messages are missed.
      int missed = random.nextInt(20);
      for (int i = 0; i < missed; i++) {
        now += random.nextInt(2);
        published.add(at(now, "m" + published.size()));
      }
      lossy.hold();
      int live = random.nextInt(5);
      for (int i = 0; i < live; i++) {
        now += random.nextInt(2);
        Pubsub message = at(now, "m" + published.size());
        published.add(message);
        delivered.addAll(texts(lossy.live(message)));
      }
      List<Pubsub> history =
          new ArrayList<>(published.subList(Math.max(0, published.size() - 50), published.size()));
      Collections.shuffle(history, random);
      Recovery recovery = lossy.recover(history, 50, message -> false);
      assertTrue(recovery.complete());
      delivered.addAll(texts(recovery.missed()));
      delivered.addAll(texts(recovery.live()));
    }
    Set<String> all = new LinkedHashSet<>(texts(published));
    assertEquals(all.size(), delivered.size(), "each once");
    assertEquals(all, new HashSet<>(delivered));
  }
}
