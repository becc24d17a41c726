package io.respoke.tyrus;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportException.Category;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

/** Passes on what Tyrus says of one session. Puts together messages and limits their size. */
final class TyrusEndpoint extends Endpoint implements MessageHandler.Partial<String> {
  // Tyrus's words when a frame is larger than INCOMING_BUFFER_SIZE.
  private static final String OVERFLOW = "Buffer overflow.";

  private final TyrusTransport transport;
  private final int maxMessageSize;
  private @Nullable StringBuilder fragments;

  TyrusEndpoint(TyrusTransport transport, int maxMessageSize) {
    this.transport = transport;
    this.maxMessageSize = maxMessageSize;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    ((EndpointSettings) config).opened();
    session.addMessageHandler(String.class, this);
    transport.opened(session);
  }

  @Override
  public void onMessage(String text, boolean last) {
    StringBuilder begun = fragments;
    int length = text.length() + (begun == null ? 0 : begun.length());
    if (length > maxMessageSize) {
      fragments = null;
      transport.tooLarge();
    } else if (begun == null && last) {
      transport.text(text);
    } else {
      begun = begun == null ? new StringBuilder(2 * text.length()) : begun;
      begun.append(text);
      fragments = begun;
      if (last) {
        fragments = null;
        transport.text(begun.toString());
      }
    }
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    int code = reason.getCloseCode().getCode();
    String words = reason.getReasonPhrase() == null ? "" : reason.getReasonPhrase();
    if (code == CloseCodes.CLOSED_ABNORMALLY.getCode()) {
      transport.lost();
    } else if (code == CloseCodes.UNEXPECTED_CONDITION.getCode() && words.equals(OVERFLOW)) {
      transport.tooLarge();
    } else {
      transport.closed(new CloseStatus(code, words));
    }
  }

  @Override
  public void onError(Session session, Throwable failure) {
    transport.fail(new TransportException(Category.OTHER, "a listener has thrown", failure));
  }
}
