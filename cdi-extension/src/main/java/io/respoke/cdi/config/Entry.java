package io.respoke.cdi.config;

/**
 * A property as a source gives it.
 *
 * @param key its name there
 * @param value its value; never shown when the setting is secret
 * @param source where it comes from, in words
 * @param ordinal the entry with the highest one wins
 * @param environment whether the source is the environment, whose names are approximate
 */
public record Entry(String key, String value, String source, int ordinal, boolean environment) {
  /** Without the value. */
  @Override
  public String toString() {
    return key + " (" + source + ")";
  }
}
