package io.respoke.spi;

/**
 * Is told what happens to a transport. Calls are serial: one ends before the next begins, with a
 * happens-before edge between them, on whichever thread. They return quickly and never throw.
 *
 * <p>The order is {@code onOpen? onText* (onClosed | onFailure)}: the last call is made exactly
 * once, and nothing follows it. After {@link Transport#abort()} it is made too.
 */
public interface TransportListener {
  /** The connection is open: {@link Transport#send} works. */
  void onOpen();

  /** A whole text message has come, put together from its fragments. */
  void onText(String text);

  /**
   * The connection was closed with a closing handshake, by either side.
   *
   * @param status what the peer's close frame says; after {@link Transport#close} of a peer that
   *     does not answer, {@link CloseStatus#ABNORMAL}
   */
  void onClosed(CloseStatus status);

  /**
   * The connection could not be opened, broke without a closing handshake, was aborted, or was
   * closed before it was open ({@code LOST}).
   */
  void onFailure(TransportException failure);
}
