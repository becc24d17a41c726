package io.respoke.tyrus;

import io.respoke.spi.Transport;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportProvider;
import io.respoke.spi.TransportRequest;

/**
 * Opens WebSockets with Tyrus: with its JDK container, which shares one small pool of threads among
 * all connections; where only Tyrus's Grizzly container is present, with that. {@link #open}
 * blocks; interrupt its thread to give up early.
 *
 * <p>Grizzly's container has no hold on a connection whose upgrade the peer has not answered: one
 * that is given up then stays until the peer closes it. Over TLS it also forgets what it reads
 * together with the end of the connection: a peer's last texts and its close frame, when the peer
 * ends the connection right behind them.
 */
public final class TyrusTransportProvider implements TransportProvider {
  /** For {@link java.util.ServiceLoader}. */
  public TyrusTransportProvider() {}

  @Override
  public String name() {
    return "tyrus";
  }

  @Override
  public boolean isAvailable() {
    return TyrusConnector.isAvailable();
  }

  @Override
  public boolean connectBlocks() {
    return true;
  }

  @Override
  public Transport open(TransportRequest request, TransportListener listener) {
    TyrusTransport transport = new TyrusTransport(request, listener);
    transport.open(request);
    return transport;
  }
}
