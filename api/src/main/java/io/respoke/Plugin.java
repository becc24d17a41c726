package io.respoke;

/**
 * What every plug-in of {@code respoke-spi} is, so that {@link
 * ClientOptions.Builder#plugin(Plugin)} can take one without this module knowing the kinds.
 */
public interface Plugin {
  /**
   * The name by which options choose it: lower case, digits and {@code -}, for example {@code
   * tyrus}.
   */
  String name();

  /**
   * Which one wins when several are found and none is named: the highest. Two equals are an error.
   */
  default int priority() {
    return 0;
  }

  /** Whether it can work in this JVM; one that cannot is skipped unless it is named. */
  default boolean isAvailable() {
    return true;
  }
}
