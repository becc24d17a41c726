package io.respoke.service;

import io.respoke.service.state.PasswordHash;

/**
 * The salted hash of an administrator's password, from which the password cannot be read: what a
 * file of settings may hold in its place. Immutable.
 *
 * @see ServiceOptions.Builder#adminUser(String, HashedPassword)
 */
public final class HashedPassword {
  private final String text;

  private HashedPassword(String text) {
    this.text = text;
  }

  /**
   * Hashes a password with a new salt. Takes a second of work where the processor is slow, on
   * purpose.
   *
   * @throws IllegalArgumentException if the password is blank
   */
  public static HashedPassword of(String password) {
    if (password.isBlank()) {
      throw new IllegalArgumentException("a password must not be blank");
    }
    return new HashedPassword(PasswordHash.of(password));
  }

  /**
   * Takes a hash as {@link #text} gives it.
   *
   * @throws IllegalArgumentException for anything else; the message says what is wrong, and does
   *     not quote the text
   */
  public static HashedPassword parse(String text) {
    String problem = PasswordHash.problem(text);
    if (problem != null) {
      throw new IllegalArgumentException("the hash of the password is malformed: " + problem);
    }
    return new HashedPassword(text);
  }

  /** Whether a text is meant as a hash: it begins as one does. It may be malformed all the same. */
  public static boolean isHash(String text) {
    return PasswordHash.announced(text);
  }

  /** The hash: {@code pbkdf2-sha512$iterations$salt$hash}. Not for logs: passwords can be tried. */
  public String text() {
    return text;
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "HashedPassword";
  }
}
