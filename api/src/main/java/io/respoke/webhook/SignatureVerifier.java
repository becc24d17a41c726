package io.respoke.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Checks signatures with a time in them. */
final class SignatureVerifier implements WebhookVerifier {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int HEX_LENGTH = 64;
  private static final int LONGEST_HEADER = 1024;
  private static final int LONGEST_TIME = 12;

  /** What the header says. */
  private record Signature(String time, List<byte[]> codes) {}

  private final long toleranceSeconds;
  private final List<byte[]> secrets;

  SignatureVerifier(Duration tolerance, List<String> secrets) {
    if (tolerance.toSeconds() < 1) {
      throw new IllegalArgumentException("tolerance must be 1 s or more: " + tolerance);
    }
    this.toleranceSeconds = tolerance.toSeconds();
    this.secrets = Secrets.bytes(secrets);
  }

  @Override
  public Optional<WebhookResult.Reason> verify(byte[] body, WebhookHeaders headers, Instant now) {
    @Nullable String header = headers.value(SIGNATURE_HEADER);
    if (header == null) {
      return Optional.of(WebhookResult.Reason.UNSIGNED);
    }
    @Nullable Signature signature = parse(header);
    if (signature == null || !matches(signature, body)) {
      return Optional.of(WebhookResult.Reason.BAD_SIGNATURE);
    }
    // Only now: the time of a forged signature says nothing.
    long off = Math.abs(now.getEpochSecond() - Long.parseLong(signature.time));
    return off > toleranceSeconds
        ? Optional.of(WebhookResult.Reason.OUT_OF_TIME)
        : Optional.empty();
  }

  private boolean matches(Signature signature, byte[] body) {
    boolean right = false;
    for (byte[] secret : secrets) {
      byte[] expected = code(secret, signature.time, body);
      for (byte[] given : signature.codes) {
        right |= MessageDigest.isEqual(expected, given);
      }
    }
    return right;
  }

  private static byte[] code(byte[] secret, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      mac.update(time.getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) '.');
      return mac.doFinal(body);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** {@code null} for what is not a signature; members of other names are left for the future. */
  private static @Nullable Signature parse(String header) {
    if (header.length() > LONGEST_HEADER) {
      return null;
    }
    String time = null;
    List<byte[]> codes = new ArrayList<>();
    for (String part : header.split(",", -1)) {
      String member = part.strip();
      if (member.startsWith("t=")) {
        if (time != null) {
          return null;
        }
        time = member.substring(2);
      } else if (member.startsWith("v1=")) {
        byte[] code = code(member.substring(3));
        if (code == null) {
          return null;
        }
        codes.add(code);
      }
    }
    boolean timed =
        time != null
            && !time.isEmpty()
            && time.length() <= LONGEST_TIME
            && time.chars().allMatch(c -> c >= '0' && c <= '9');
    return time == null || !timed || codes.isEmpty() ? null : new Signature(time, codes);
  }

  private static byte @Nullable [] code(String hex) {
    if (hex.length() != HEX_LENGTH || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      return null;
    }
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return "SignatureVerifier[tolerance="
        + Duration.ofSeconds(toleranceSeconds)
        + ", secrets="
        + secrets.size()
        + "]";
  }
}
