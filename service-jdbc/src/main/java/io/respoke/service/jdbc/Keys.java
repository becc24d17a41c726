package io.respoke.service.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a name is indexed under: itself, or its digest where it is too long for an index. */
final class Keys {
  private static final int LONGEST = 150;
  private static final String DIGEST = "sha256:";

  private Keys() {}

  static String of(String name) {
    if (name.length() <= LONGEST && !name.startsWith(DIGEST)) {
      return name;
    }
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return DIGEST + HexFormat.of().formatHex(sha.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
