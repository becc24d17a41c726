package io.respoke;

import java.time.Instant;
import java.util.Optional;

/**
 * Which part of a group's history is wanted.
 *
 * @param limit how many messages at most, 1 or more; default 50
 * @param before only messages older than this; empty for the newest
 */
public record HistoryQuery(int limit, Optional<Instant> before) {
  /** The number of messages fetched when nothing else is asked for. */
  public static final int DEFAULT_LIMIT = 50;

  /** Checks the limit. */
  public HistoryQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more: " + limit);
    }
  }

  /** The newest messages. */
  public static HistoryQuery newest(int limit) {
    return new HistoryQuery(limit, Optional.empty());
  }

  /** A copy that asks for messages older than {@code before}. */
  public HistoryQuery before(Instant before) {
    return new HistoryQuery(limit, Optional.of(before));
  }
}
