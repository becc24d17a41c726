package io.respoke.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/signaling}: a signal and its address (protocol-calls §1.2).
 *
 * @param to the recipient: an endpoint, a number, a SIP address or a conference, by its type
 * @param toType {@link #WEB}, {@link #DID}, {@link #SIP} or {@link #CONFERENCE}
 * @param toConnection one connection of the recipient, or {@code null} for all
 * @param ccSelf whether the sender's other connections get a copy; clients ask for it with {@link
 *     Signal.Bye} only
 * @param signal what is said
 */
public record OutgoingSignal(
    String to, String toType, @Nullable String toConnection, boolean ccSelf, Signal signal) {
  /** The recipient is an endpoint. */
  public static final String WEB = "web";

  /** The recipient is a telephone number. */
  public static final String DID = "did";

  /** The recipient is a SIP address. */
  public static final String SIP = "sip";

  /** The recipient is a conference. */
  public static final String CONFERENCE = "conference";

  /**
   * The JSON form, in the order of respoke.js; absent components are left out. The signal is JSON
   * text in it, because that is what the service has always been sent.
   *
   * @throws SignalTooLargeException if it takes more than {@link Wire#BODY_LIMIT} bytes
   */
  public JsonObject toJson() {
    JsonObjectBuilder out = Json.object();
    if (ccSelf) {
      out.add("ccSelf", true);
    }
    out.add("signal", SignalCodec.encode(signal).toString()).add("to", to);
    if (toConnection != null) {
      out.add("toConnection", toConnection);
    }
    JsonObject data = out.add("toType", toType).build();
    int bytes = Wire.utf8Length(data.toString());
    if (bytes > Wire.BODY_LIMIT) {
      throw new SignalTooLargeException(signal.signalType(), bytes);
    }
    return data;
  }
}
