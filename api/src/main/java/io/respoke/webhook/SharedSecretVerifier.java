package io.respoke.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares a header with secrets. */
final class SharedSecretVerifier implements WebhookVerifier {
  private final String header;
  private final List<byte[]> secrets;

  SharedSecretVerifier(String header, List<String> secrets) {
    this.header = Objects.requireNonNull(header, "header");
    this.secrets = Secrets.bytes(secrets);
  }

  @Override
  public Optional<WebhookResult.Reason> verify(byte[] body, WebhookHeaders headers, Instant now) {
    @Nullable String given = headers.value(header);
    if (given == null) {
      return Optional.of(WebhookResult.Reason.UNSIGNED);
    }
    byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
    boolean right = false;
    for (byte[] secret : secrets) {
      right |= MessageDigest.isEqual(secret, bytes);
    }
    return right ? Optional.empty() : Optional.of(WebhookResult.Reason.BAD_SIGNATURE);
  }

  @Override
  public String toString() {
    return "SharedSecretVerifier[header=" + header + ", secrets=" + secrets.size() + "]";
  }
}
