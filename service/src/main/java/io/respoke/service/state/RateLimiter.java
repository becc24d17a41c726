package io.respoke.service.state;

import java.util.HashMap;
import java.util.Map;

/** A token bucket for each caller: so many requests a second, with bursts (protocol-wire R-29). */
public final class RateLimiter {
  /**
   * What a request is told.
   *
   * @param allowed whether it may go on
   * @param remaining how many more may follow at once
   */
  public record Verdict(boolean allowed, int remaining) {}

  private static final int SWEEP_FROM = 10_000;

  private static final class Bucket {
    double level;
    long updatedAt;
  }

  private final int perSecond;
  private final int burst;
  private final Map<String, Bucket> buckets = new HashMap<>();
  private int sweepAt = SWEEP_FROM;

  /** A limiter; {@code perSecond} 0 allows everything. */
  public RateLimiter(int perSecond, int burst) {
    this.perSecond = perSecond;
    this.burst = burst;
  }

  /** What the header shows as the limit: at least 1, because Android divides by it. */
  public int shownLimit() {
    return perSecond == 0 ? 1_000_000 : perSecond;
  }

  /** The verdict for a caller that is not limited. */
  public Verdict unlimited() {
    return new Verdict(true, perSecond == 0 ? 1_000_000 : burst - 1);
  }

  /** Counts a request of a caller. */
  public Verdict take(String caller, long now) {
    if (perSecond == 0) {
      return unlimited();
    }
    Bucket bucket = buckets.get(caller);
    if (bucket == null) {
      if (buckets.size() >= sweepAt) {
        sweep(now);
        sweepAt = Math.max(SWEEP_FROM, 2 * buckets.size());
      }
      bucket = new Bucket();
      bucket.level = burst;
      bucket.updatedAt = now;
      buckets.put(caller, bucket);
    }
    refill(bucket, now);
    if (bucket.level < 1) {
      return new Verdict(false, 0);
    }
    bucket.level -= 1;
    return new Verdict(true, (int) bucket.level);
  }

  private void refill(Bucket bucket, long now) {
    long passed = Math.max(0, now - bucket.updatedAt);
    bucket.level = Math.min(burst, bucket.level + passed * perSecond / 1000.0);
    bucket.updatedAt = now;
  }

  /** Forgets callers whose bucket is full again: a new one would be the same. */
  public void sweep(long now) {
    buckets
        .values()
        .removeIf(
            bucket -> {
              refill(bucket, now);
              return bucket.level >= burst;
            });
  }

  /** How many callers are remembered. */
  public int size() {
    return buckets.size();
  }
}
