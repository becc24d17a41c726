package io.respoke.service.state;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a password: {@code pbkdf2-sha512$iterations$salt$hash}. Making and checking one
 * takes a tenth of a second of work, on purpose: never do it on an event loop.
 */
public final class PasswordHash {
  private static final SecureRandom SECURE = new SecureRandom();
  private static final String KIND = "pbkdf2-sha512";
  private static final int ITERATIONS = 210_000;

  /** Fewer can be guessed too fast; more would let one sign-in hold a processor. */
  private static final int LEAST_ITERATIONS = 100_000;

  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;

  private PasswordHash() {}

  /** Hashes a password with a new salt. */
  public static String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    SECURE.nextBytes(salt);
    Base64.Encoder text = Base64.getEncoder().withoutPadding();
    return String.join(
        "$",
        KIND,
        Integer.toString(ITERATIONS),
        text.encodeToString(salt),
        text.encodeToString(derive(password, salt, ITERATIONS)));
  }

  /** Whether a text begins as a hash does, of whatever quality it is. */
  public static boolean announced(String text) {
    return text.toLowerCase(Locale.ROOT).startsWith(KIND + "$");
  }

  /**
   * What is wrong with a hash that somebody wrote down, without quoting it; {@code null} when it is
   * as {@link #of} makes them.
   */
  public static @Nullable String problem(String hash) {
    String[] parts = hash.split("\\$", -1);
    if (parts.length != 4 || !parts[0].equals(KIND)) {
      return "it must be " + KIND + "$iterations$salt$hash";
    }
    if (!parts[1].matches("[1-9][0-9]{0,7}")
        || Integer.parseInt(parts[1]) < LEAST_ITERATIONS
        || Integer.parseInt(parts[1]) > MOST_ITERATIONS) {
      return "its iterations must be a number from " + LEAST_ITERATIONS + " to " + MOST_ITERATIONS;
    }
    if (length(parts[2]) != SALT_BYTES) {
      return "its salt must be " + SALT_BYTES + " bytes in Base64";
    }
    if (length(parts[3]) != HASH_BITS / 8) {
      return "its last part must be " + HASH_BITS / 8 + " bytes in Base64";
    }
    return null;
  }

  private static int length(String base64) {
    try {
      return Base64.getDecoder().decode(base64).length;
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  /** Whether a password has this hash; false for a hash of an unknown kind. */
  public static boolean matches(String hash, String password) {
    String[] parts = hash.split("\\$", -1);
    if (parts.length != 4 || !parts[0].equals(KIND)) {
      return false;
    }
    try {
      byte[] salt = Base64.getDecoder().decode(parts[2]);
      byte[] expected = Base64.getDecoder().decode(parts[3]);
      return MessageDigest.isEqual(expected, derive(password, salt, Integer.parseInt(parts[1])));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform of ours has PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }
}
