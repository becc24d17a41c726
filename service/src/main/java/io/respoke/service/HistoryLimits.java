package io.respoke.service;

/**
 * How much of what is published with {@code persist} is kept in memory, without another storage.
 *
 * @param messagesPerGroup the newest messages of each group; 0 keeps none
 * @param groups groups of one app; the one that was quiet for longest makes room
 */
public record HistoryLimits(int messagesPerGroup, int groups) {
  /** 1000 messages in each of 10 000 groups. */
  public static final HistoryLimits DEFAULT = new HistoryLimits(1_000, 10_000);

  /** Checks the numbers. */
  public HistoryLimits {
    if (messagesPerGroup < 0 || groups < 1) {
      throw new IllegalArgumentException(
          "history limits must be positive, got "
              + messagesPerGroup
              + " messages in "
              + groups
              + " groups");
    }
  }
}
