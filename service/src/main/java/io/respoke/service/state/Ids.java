package io.respoke.service.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes identifiers in the forms the real clients expect (protocol-wire §0.3, §2.3). */
public final class Ids {
  private static final SecureRandom SECURE = new SecureRandom();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Ids() {}

  /** An unguessable upper-case UUID: tokens, session tokens, connections, roles. */
  public static String upper() {
    return UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
  }

  /** An unguessable lower-case UUID: app ids and secrets. */
  public static String lower() {
    return UUID.randomUUID().toString();
  }

  /** A UUID that need not be unguessable: one for every request. */
  public static String request() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  /**
   * A socket id: 20 URL-safe characters without {@code error} in them, which would send the iOS SDK
   * back to the handshake.
   */
  public static String socket() {
    while (true) {
      byte[] bytes = new byte[15];
      SECURE.nextBytes(bytes);
      String id = BASE64.encodeToString(bytes);
      if (!id.toLowerCase(Locale.ROOT).contains("error")) {
        return id;
      }
    }
  }

  /**
   * What a secret is stored and looked up under. Looking up a digest tells a guesser nothing about
   * how much of a guess was right.
   */
  public static String digest(String secret) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Compares two secrets in a time that does not depend on where they differ. */
  public static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
