package io.respoke.protocol;

/** A signal takes more bytes than a client may send in one request ({@link Wire#BODY_LIMIT}). */
public final class SignalTooLargeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int bytes;

  SignalTooLargeException(String signalType, int bytes) {
    super(
        "the signal "
            + signalType
            + " takes "
            + bytes
            + " bytes, at most "
            + Wire.BODY_LIMIT
            + " are allowed: offer fewer codecs or media, or send fewer candidates at once");
    this.bytes = bytes;
  }

  /** How many bytes the request's data takes in UTF-8. */
  public int bytes() {
    return bytes;
  }
}
