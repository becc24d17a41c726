package io.respoke.tyrus;

import io.respoke.spi.TransportException;
import io.respoke.spi.TransportException.Category;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;

/** Passes on what Tyrus says of one session. Messages do not come this way. */
final class TyrusEndpoint extends Endpoint {
  private final TyrusTransport transport;

  TyrusEndpoint(TyrusTransport transport) {
    this.transport = transport;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    ((EndpointSettings) config).opened();
    transport.opened(session);
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    if (CloseCodes.CLOSED_ABNORMALLY.equals(reason.getCloseCode())) {
      transport.disconnected();
    } else {
      transport.closedByTyrus(reason);
    }
  }

  @Override
  public void onError(Session session, Throwable failure) {
    transport.fail(
        new TransportException(
            Category.OTHER, transport.address() + ": the listener has thrown", failure));
  }
}
