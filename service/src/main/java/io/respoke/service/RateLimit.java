package io.respoke.service;

/**
 * How many requests may be made: with one session token, in one app, or from one address.
 *
 * @param perSecond the steady rate; at least 1
 * @param burst how many may come at once after a pause; at least 1
 */
public record RateLimit(int perSecond, int burst) {
  /** The limit that was observed on the hosted service: 10 a second, 20 at once. */
  public static final RateLimit DEFAULT = new RateLimit(10, 20);

  /** Checks the numbers. */
  public RateLimit {
    if (perSecond < 1 || burst < 1) {
      throw new IllegalArgumentException(
          "a rate limit needs at least 1 request, got " + perSecond + "/s and burst " + burst);
    }
  }
}
