package io.respoke.service.state;

/**
 * The bounds of one app's outbox, and when to try again.
 *
 * @param pending how many events may wait
 * @param characters how many characters of events may be kept, finished ones included
 * @param finished how many finished deliveries are remembered
 * @param inFlight how many are sent at the same time
 * @param firstDelayMillis the pause after the first failure; it doubles with each further one
 * @param longestDelayMillis the longest pause
 * @param giveUpMillis how long an event is tried
 * @param attempts how often an event is tried
 */
public record WebhookPolicy(
    int pending,
    long characters,
    int finished,
    int inFlight,
    long firstDelayMillis,
    long longestDelayMillis,
    long giveUpMillis,
    int attempts) {
  /** What suits a server: a day of attempts, at most an hour apart. */
  public static final WebhookPolicy DEFAULT =
      new WebhookPolicy(10_000, 16L * 1024 * 1024, 1_000, 8, 2_000, 3_600_000, 24 * 3_600_000L, 50);

  /**
   * The pause after a failure.
   *
   * @param failures how many there were in a row, from 1
   * @param random between 0 and 1: spreads the pause from a half to the whole
   */
  long delay(int failures, double random) {
    long whole =
        Math.min(longestDelayMillis, firstDelayMillis << Math.min(30, Math.max(0, failures - 1)));
    return (long) (whole * (0.5 + random / 2));
  }
}
