package io.respoke.core.runtime;

/** Something that can be called off. */
@FunctionalInterface
public interface Cancellable {
  /** Nothing to call off. */
  Cancellable NONE = () -> {};

  /** Calls it off. Idempotent; has no effect on what has begun. */
  void cancel();
}
