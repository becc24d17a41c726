package io.respoke.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.core.session.RequestCorrelator.Pending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCorrelatorTest {
  private final RequestCorrelator<String> correlator = new RequestCorrelator<>();

  @Test
  void ackIdsStartAtOneAndGrow() {
    assertEquals(1, correlator.add("a", 100));
    assertEquals(2, correlator.add("b", 100));
    assertEquals(2, correlator.size());
  }

  @Test
  void anAnswerEndsItsRequestOnceAndASecondOneBelongsToNobody() {
    long id = correlator.add("a", 100);

    assertEquals("a", correlator.settle(id).ticket());
    assertNull(correlator.settle(id));
    assertNull(correlator.settle(77));
    assertEquals(0, correlator.size());
  }

  @Test
  void aRequestExpiresAtItsDeadlineAndNotBefore() {
    long id = correlator.add("a", 100);

    assertEquals(List.of(), correlator.expire(99));
    assertEquals(List.of("a"), correlator.expire(100));
    assertNull(correlator.settle(id), "an answer after the deadline belongs to nobody");
  }

  @Test
  void rateLimitedRequestsAreSpreadAtTheIntervalInTheirOrder() {
    List<Long> waits = new ArrayList<>();
    for (String ticket : List.of("a", "b", "c")) {
      waits.add(correlator.park(pending(ticket, 10_000), 1000, 250));
    }

    assertEquals(List.of(250L, 500L, 750L), waits);
    assertEquals(OptionalLong.of(1250), correlator.nextDue());
    assertEquals(Map.of(), correlator.resend(1249));
    assertEquals(List.of("a"), List.copyOf(correlator.resend(1250).values()));
    assertEquals(List.of("b", "c"), List.copyOf(correlator.resend(5000).values()));
    assertEquals(3, correlator.size(), "they are under way again");
  }

  @Test
  void anIdleTimeIsNotMadeUpFor() {
    correlator.park(pending("a", 10_000), 0, 100);

    assertEquals(100, correlator.park(pending("b", 10_000), 5000, 100));
  }

  @Test
  void resentRequestsKeepTheirOrderDeadlineAndCount() {
    for (int i = 0; i < 40; i++) {
      correlator.park(pending("r" + i, 500), 0, 1);
    }

    Map<Long, String> again = correlator.resend(100);

    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      expected.add("r" + i);
    }
    assertEquals(expected, List.copyOf(again.values()));
    Pending<String> first = correlator.settle(again.keySet().iterator().next());
    assertEquals(2, first.transmissions());
    assertEquals(500, first.deadline());
  }

  @Test
  void aParkedRequestExpiresAtItsDeadlineToo() {
    correlator.park(pending("a", 150), 0, 1000);

    assertEquals(OptionalLong.of(150), correlator.nextDue());
    assertEquals(List.of("a"), correlator.expire(150));
    assertEquals(OptionalLong.empty(), correlator.nextDue());
  }

  private Pending<String> pending(String ticket, long deadline) {
    Pending<String> pending = correlator.settle(correlator.add(ticket, deadline));
    assertNotNull(pending);
    return pending;
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void everyRequestLeavesExactlyOnce(long seed) {
    Random random = new Random(seed);
    RequestCorrelator<Integer> random2 = new RequestCorrelator<>();
    Set<Integer> underWay = new HashSet<>();
    Map<Long, Integer> ids = new HashMap<>();
    long now = 0;
    int tickets = 0;
    for (int step = 0; step < 50_000; step++) {
      now += random.nextInt(20);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          int ticket = tickets++;
          underWay.add(ticket);
          long id = random2.add(ticket, now + random.nextInt(500));
          assertNull(ids.put(id, ticket), "an id must be new");
        }
        case 3, 4 -> answered(random2, random, ids, underWay, now);
        case 5 -> random2.expire(now).forEach(ticket -> assertTrue(underWay.remove(ticket)));
        case 6 -> {
          random2.expire(now).forEach(ticket -> assertTrue(underWay.remove(ticket)));
          random2
              .resend(now)
              .forEach(
                  (id, ticket) -> {
                    assertTrue(underWay.contains(ticket));
                    assertNull(ids.put(id, ticket), "an id must be new");
                  });
        }
        default -> {
          if (random.nextInt(500) == 0) {
            random2.drain().forEach(pending -> assertTrue(underWay.remove(pending.ticket())));
            assertEquals(0, random2.size());
          }
        }
      }
      assertEquals(underWay.size(), random2.size());
      assertEquals(underWay.isEmpty(), random2.nextDue().isEmpty());
    }
    random2.drain().forEach(pending -> assertTrue(underWay.remove(pending.ticket())));
    assertEquals(Set.of(), underWay);
  }

  /** An answer, to an id that may be long gone: with success, or with the rate limit. */
  private static void answered(
      RequestCorrelator<Integer> correlator,
      Random random,
      Map<Long, Integer> ids,
      Set<Integer> underWay,
      long now) {
    if (ids.isEmpty()) {
      return;
    }
    long id = 1 + random.nextInt(ids.size());
    Pending<Integer> pending = correlator.settle(id);
    if (pending == null) {
      return;
    }
    assertEquals(ids.get(id), pending.ticket());
    assertTrue(underWay.contains(pending.ticket()));
    if (random.nextInt(3) == 0) {
      assertTrue(correlator.park(pending, now, random.nextInt(50)) >= 0);
    } else {
      underWay.remove(pending.ticket());
    }
  }
}
