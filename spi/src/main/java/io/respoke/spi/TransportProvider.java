package io.respoke.spi;

import io.respoke.Plugin;

/** Opens WebSockets. One instance serves any number of clients, from any thread. */
public interface TransportProvider extends Plugin {
  /**
   * Starts opening a connection and returns at once. May block only if {@link #connectBlocks()}
   * says so; then it is called on a thread that is meant for it.
   *
   * @param request where and how
   * @param listener who is told, from the moment this is called; exactly one of {@link
   *     TransportListener#onClosed} and {@link TransportListener#onFailure} is its last call
   * @return the transport, which may not be open yet
   * @implSpec Never throws for what the network or the peer does: that goes to the listener.
   */
  Transport open(TransportRequest request, TransportListener listener);

  /**
   * Whether {@link #open} blocks until the connection is open or has failed. The engine then calls
   * it in a bounded lane of threads, so that slow connects of some clients do not starve the
   * others. A thread that is interrupted in {@link #open} gives up as if by {@link
   * Transport#abort()}.
   */
  default boolean connectBlocks() {
    return false;
  }
}
