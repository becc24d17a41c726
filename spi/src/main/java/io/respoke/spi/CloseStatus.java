package io.respoke.spi;

/**
 * How a WebSocket was closed.
 *
 * @param code the close code; 1005 when the peer gave none, 1006 when there was no closing
 *     handshake
 * @param reason the peer's words; may be empty
 */
public record CloseStatus(int code, String reason) {
  /** {@link #code} of an ordinary close. */
  public static final int NORMAL = 1000;

  /** {@link #code} when the close frame had none. */
  public static final int NO_STATUS = 1005;

  /** {@link #code} when the connection ended without a closing handshake. */
  public static final int ABNORMAL = 1006;
}
