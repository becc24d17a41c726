package io.respoke.core.call;

import io.respoke.protocol.AsteriskSdp;
import io.respoke.protocol.MalformedSignalException;
import io.respoke.protocol.Signal;
import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Finds the description in a signal, in whatever form it came (protocol-calls §1.8). */
final class Descriptions {
  private Descriptions() {}

  /**
   * The description as SDP, or {@code null} when the signal has none that can be used.
   *
   * @param localOffer what this side has offered, which an answer of Asterisk is fitted to
   */
  static @Nullable String of(Signal signal, @Nullable String localOffer) {
    try {
      if (signal instanceof Signal.Offer offer) {
        JsonObject parsed = offer.parsedSdp();
        return offer.sdp() != null || parsed == null ? offer.sdp() : AsteriskSdp.offer(parsed);
      } else if (signal instanceof Signal.Answer answer) {
        JsonObject parsed = answer.parsedSdp();
        return answer.sdp() != null || parsed == null || localOffer == null
            ? answer.sdp()
            : AsteriskSdp.answer(parsed, localOffer);
      }
    } catch (MalformedSignalException e) {
      return null; // as good as none: an answer without a description ends the call
    }
    return null;
  }
}
