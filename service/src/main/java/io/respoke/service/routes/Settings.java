package io.respoke.service.routes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the options decide for the routes.
 *
 * @param tokenActivation how long a new token may wait for its first exchange
 * @param observerRetention how long the observers of a lost endpoint are kept
 * @param stunUri the STUN server for those who get no relay
 * @param turn the relay, or {@code null} for none
 * @param ringing how long a call may go without an answer
 * @param callGrace how long a connection that takes part in a call may be gone
 * @param gateways which endpoint takes the calls to a type of address
 */
public record Settings(
    Duration tokenActivation,
    Duration observerRetention,
    String stunUri,
    @Nullable Turn turn,
    Duration ringing,
    Duration callGrace,
    Map<String, String> gateways) {

  /**
   * A TURN server that shares a secret with the service.
   *
   * @param secret the shared secret
   * @param uris where it is
   * @param ttl how long credentials live
   */
  public record Turn(String secret, List<String> uris, Duration ttl) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Turn[uris=" + uris + "]";
    }
  }
}
