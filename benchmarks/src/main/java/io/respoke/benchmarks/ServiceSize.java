package io.respoke.benchmarks;

/**
 * How large the service's load is.
 *
 * @param pairs senders and receivers of messages
 * @param millis how long a round lasts
 * @param rate messages per second where their time is taken
 * @param storedRate the same for stored ones
 * @param held connections that are held
 * @param members of the large group
 * @param fanRounds messages to it, one after the other
 * @param clients that come back after a restart
 */
record ServiceSize(
    int pairs,
    long millis,
    int rate,
    int storedRate,
    int held,
    int members,
    int fanRounds,
    int clients) {
  static final ServiceSize FULL =
      new ServiceSize(
          50,
          2_000,
          2_000,
          1_000,
          Integer.getInteger("respoke.benchmarks.held", 10_000),
          1_000,
          300,
          2_000);

  /** To see that it runs. */
  static final ServiceSize SMALL = new ServiceSize(2, 100, 100, 100, 20, 10, 5, 6);
}
