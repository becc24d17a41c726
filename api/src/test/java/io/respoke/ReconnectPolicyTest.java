package io.respoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconnectPolicyTest {
  private final ReconnectPolicy policy = ReconnectPolicy.defaults();

  @ParameterizedTest
  @CsvSource({
    "1, 2500",
    "2, 5000",
    "3, 10000",
    "7, 160000",
    "8, 300000",
    "9, 300000",
    "1000000, 300000"
  })
  void theLimitDoublesUpToFiveMinutes(int attempt, long millis) {
    assertEquals(Duration.ofMillis(millis), policy.withJitter(false).delayBefore(attempt, 0.123));
    assertEquals(Duration.ZERO, policy.delayBefore(attempt, 0));
    assertEquals(Duration.ofMillis(millis / 2), policy.delayBefore(attempt, 0.5));
  }

  @Test
  void withJitterEveryWaitFromZeroToTheLimitIsAsLikely() {
    Random random = new Random(7);
    int[] buckets = new int[10];
    for (int i = 0; i < 10_000; i++) {
      Duration delay = policy.delayBefore(3, random.nextDouble());
      assertTrue(delay.toMillis() <= 10_000);
      buckets[(int) Math.min(9, delay.toMillis() / 1000)]++;
    }
    for (int count : buckets) {
      assertTrue(count > 850 && count < 1150, "about a tenth: " + count);
    }
  }

  @Test
  void aPolicyWithoutAWaitIsAllowed() {
    ReconnectPolicy none = policy.withDelays(Duration.ZERO, Duration.ZERO);
    assertEquals(Duration.ZERO, none.delayBefore(5, 0.9));
  }

  @Test
  void copiesChangeOneThing() {
    assertEquals(
        Duration.ofSeconds(1),
        policy.withDelays(Duration.ofSeconds(1), Duration.ofSeconds(2)).initial());
    assertEquals(Optional.of(3), policy.withMaxAttempts(3).maxAttempts());
    assertEquals(
        Optional.of(Duration.ofMinutes(1)),
        policy.withMaxElapsed(Duration.ofMinutes(1)).maxElapsed());
    assertFalse(policy.withJitter(false).jitter());
    assertEquals(policy, policy.withJitter(false).withJitter(true));
    assertEquals(Optional.empty(), policy.maxAttempts());
    assertEquals(Optional.empty(), policy.maxElapsed());
  }

  @Test
  void whatCannotWorkIsRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThrows(IllegalArgumentException.class, () -> policy.withDelays(second.negated(), second));
    assertThrows(
        IllegalArgumentException.class, () -> policy.withDelays(second, Duration.ofMillis(1)));
    assertThrows(IllegalArgumentException.class, () -> policy.withMaxAttempts(0));
    assertThrows(IllegalArgumentException.class, () -> policy.withMaxElapsed(second.negated()));
    for (double factor : new double[] {0.99, 1e6, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new ReconnectPolicy(
                  second, factor, second, true, Optional.empty(), Optional.empty()));
    }
  }
}
