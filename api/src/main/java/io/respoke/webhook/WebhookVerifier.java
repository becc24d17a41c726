package io.respoke.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a request comes from the service. Called by any thread; must not block. An own
 * one can look at whatever else tells the service from strangers.
 */
@FunctionalInterface
public interface WebhookVerifier {
  /** The header that {@link #signature} reads. */
  String SIGNATURE_HEADER = "Respoke-Signature";

  /** How far the time of a signature may be off when nothing else is said: 5 minutes. */
  Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

  /**
   * Looks at one request.
   *
   * @param body the bytes as they came; not to be changed
   * @param headers the request's headers
   * @param now the receiver's time
   * @return empty when it is genuine, else why not
   */
  Optional<WebhookResult.Reason> verify(byte[] body, WebhookHeaders headers, Instant now);

  /**
   * Wants the signature of this project's service: {@code Respoke-Signature: t=<epoch
   * seconds>,v1=<hex>}, where {@code v1} is the HMAC with SHA-256 of {@code <t>.<body>}.
   *
   * @param tolerance how far {@code t} may be in the past or the future
   * @param secrets any of them will do, which lets one replace another without a gap
   * @throws IllegalArgumentException without a secret, with a blank one, or with a tolerance under
   *     1 s
   */
  static WebhookVerifier signature(Duration tolerance, List<String> secrets) {
    return new SignatureVerifier(tolerance, secrets);
  }

  /**
   * Wants a secret in a header, for services that sign nothing. Says nothing about the body, so the
   * connection has to be one that nobody can read or change. For a secret in the URL let the
   * headers answer an invented name with the query's parameter.
   *
   * @param header the header's name
   * @param secrets any of them will do
   * @throws IllegalArgumentException without a secret or with a blank one
   */
  static WebhookVerifier sharedSecret(String header, List<String> secrets) {
    return new SharedSecretVerifier(header, secrets);
  }
}
