package io.respoke;

/** A registered listener. */
public interface Subscription extends AutoCloseable {
  /**
   * Stops listening. After this returns no new call of the listener begins; one that runs may still
   * finish. Idempotent.
   */
  @Override
  void close();
}
