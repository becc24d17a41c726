package io.respoke;

import java.util.Optional;

/**
 * Who is shown to be calling.
 *
 * @param name a name, if given
 * @param number a number, if given; a caller who gives an empty one withholds it
 */
public record CallerId(Optional<String> name, Optional<String> number) {
  /** A number without a name. */
  public static CallerId number(String number) {
    return new CallerId(Optional.empty(), Optional.of(number));
  }

  /** A name and a number. */
  public static CallerId of(String name, String number) {
    return new CallerId(Optional.of(name), Optional.of(number));
  }
}
