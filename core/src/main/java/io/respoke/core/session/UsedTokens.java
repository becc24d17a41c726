package io.respoke.core.session;

import io.respoke.Token;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Remembers the single-use tokens that were used last, by their hash, so that none is used twice.
 */
final class UsedTokens {
  private static final int REMEMBERED = 32;
  private final Set<String> hashes = new LinkedHashSet<>();

  /** Whether this is the first use. */
  boolean use(Token token) {
    if (!token.isSingleUse()) {
      return true;
    }
    boolean first = hashes.add(hash(token.value()));
    if (hashes.size() > REMEMBERED) {
      hashes.remove(hashes.iterator().next());
    }
    return first;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
