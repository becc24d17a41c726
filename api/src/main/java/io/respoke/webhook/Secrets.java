package io.respoke.webhook;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Checks secrets without ever showing one. */
final class Secrets {
  private Secrets() {}

  static List<byte[]> bytes(List<String> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("at least one secret is needed");
    }
    for (String secret : secrets) {
      if (secret.isBlank()) {
        throw new IllegalArgumentException("a secret must not be blank");
      }
    }
    return secrets.stream().map(secret -> secret.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
