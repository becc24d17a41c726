package io.respoke.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.OverflowException;
import io.respoke.RequestRejectedException;
import io.respoke.RequestRejectedException.Reason;
import io.respoke.RequestTimeoutException;
import io.respoke.core.client.RestoreQueue.Batch;
import io.respoke.core.client.RestoreQueue.Decision;
import io.respoke.core.client.RestoreQueue.Verdict;
import io.respoke.protocol.Json;
import io.respoke.protocol.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreQueueTest {
  private static final Throwable TOO_MANY = new OverflowException("1000 are under way", 1000);
  private static final Throwable SILENCE =
      new RequestTimeoutException("post /v1/groups", Duration.ofSeconds(30));

  private static Throwable rejected(int status, Reason reason) {
    return new RequestRejectedException("post /v1/groups", status, reason, "no", null);
  }

  private static List<String> ids(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static RestoreQueue<String> queue(List<String> items) {
    return new RestoreQueue<>(items, Function.identity(), Integer.MAX_VALUE);
  }

  private static Batch<String> take(RestoreQueue<String> queue) {
    return Objects.requireNonNull(queue.next(), "the queue is empty");
  }

  private static List<List<String>> rest(RestoreQueue<String> queue) {
    List<List<String>> rest = new ArrayList<>();
    for (Batch<String> batch = queue.next(); batch != null; batch = queue.next()) {
      rest.add(batch.items());
    }
    return rest;
  }

  @Test
  void withoutItemsThereIsNothingToAsk() {
    assertNull(queue(List.of()).next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"group-", "\u00e9\u4e2d\ud83d\ude00-", "\"\\\n-"})
  void eachListFitsIntoOneRequestAndAllItemsAreThereInTheirOrder(String prefix) {
    List<String> items = ids(prefix, 10_000);
    List<List<String>> lists = rest(queue(items));

    assertTrue(lists.size() > 5);
    for (List<String> list : lists) {
      String body = Json.write(Json.object().add("groups", Json.strings(list)).build());
      assertTrue(body.length() <= Wire.BODY_LIMIT, () -> body.length() + " bytes");
    }
    assertEquals(items, lists.stream().flatMap(List::stream).toList());
  }

  @Test
  void aListHasNoMoreItemsThanItMay() {
    assertEquals(
        List.of(List.of("a0", "a1"), List.of("a2", "a3"), List.of("a4")),
        rest(new RestoreQueue<>(ids("a", 5), Function.identity(), 2)));
  }

  @Test
  void oneThatTheServiceRefusesIsFoundWithFewRequests() {
    RestoreQueue<String> queue = queue(ids("g", 1000));
    Set<String> granted = new TreeSet<>();
    List<String> refused = new ArrayList<>();
    int requests = 0;
    for (Batch<String> batch = queue.next(); batch != null; batch = queue.next()) {
      requests++;
      if (batch.items().contains("g617")) {
        Decision<String> decision = queue.failed(batch, rejected(403, Reason.NOT_AUTHORIZED));
        if (decision.verdict() == Verdict.REFUSED) {
          refused.addAll(decision.items());
        }
      } else {
        granted.addAll(batch.items());
      }
    }
    assertEquals(List.of("g617"), refused);
    assertEquals(999, granted.size());
    assertTrue(requests <= 25, requests + " requests");
  }

  @Test
  void whatMeetsALimitIsAskedForAgainAsItIsAFewTimesWithLongerPauses() {
    for (Throwable failure :
        List.of(
            TOO_MANY,
            rejected(429, Reason.RATE_LIMITED),
            rejected(503, Reason.MAINTENANCE),
            rejected(500, Reason.SERVER_ERROR))) {
      RestoreQueue<String> queue = queue(List.of("a", "b"));
      Duration before = Duration.ZERO;
      Decision<String> decision = null;
      int tries = 0;
      for (Batch<String> batch = queue.next(); batch != null; batch = queue.next()) {
        tries++;
        assertEquals(List.of("a", "b"), batch.items());
        assertTrue(RestoreQueue.pause(batch).compareTo(before) > 0);
        before = RestoreQueue.pause(batch);
        decision = queue.failed(batch, failure);
      }
      assertEquals(5, tries);
      assertEquals(new Decision<>(Verdict.UNKNOWN, List.of("a", "b")), decision);
    }
  }

  @Test
  void aListWithoutAnAnswerIsAskedForInPartsUntilThreeRequestsHadNone() {
    RestoreQueue<String> queue = queue(ids("g", 8));

    assertEquals(Verdict.AGAIN, queue.failed(take(queue), SILENCE).verdict());
    assertEquals(Verdict.AGAIN, queue.failed(take(queue), SILENCE).verdict());
    assertEquals(new Decision<>(Verdict.UNKNOWN, ids("g", 8)), queue.failed(take(queue), SILENCE));
    assertNull(queue.next());
  }

  @Test
  void oneWithoutAnAnswerIsNotTakenForRefused() {
    RestoreQueue<String> queue = queue(List.of("a"));

    assertEquals(new Decision<>(Verdict.UNKNOWN, List.of("a")), queue.failed(take(queue), SILENCE));
    assertNull(queue.next());
  }

  @Test
  void partsComeInTheOrderOfTheList() {
    RestoreQueue<String> queue = queue(ids("g", 6));

    Decision<String> decision = queue.failed(take(queue), rejected(404, Reason.NOT_FOUND));

    assertEquals(Verdict.AGAIN, decision.verdict());
    assertEquals(
        List.of(List.of("g0", "g1"), List.of("g2", "g3"), List.of("g4", "g5")), rest(queue));
  }
}
