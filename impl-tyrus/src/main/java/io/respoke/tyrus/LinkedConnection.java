package io.respoke.tyrus;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportException.Category;
import jakarta.websocket.CloseReason;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.ReadHandler;
import org.glassfish.tyrus.spi.Writer;

/** Tyrus's connection, with messages led past Tyrus. */
final class LinkedConnection implements Connection, ReadHandler, FrameReader.Sink {
  private final Connection connection;
  private final TyrusTransport transport;
  private final FrameReader reader;

  LinkedConnection(Connection connection, TyrusTransport transport, int maxMessageSize) {
    this.connection = connection;
    this.transport = transport;
    this.reader = new FrameReader(this, maxMessageSize);
  }

  @Override
  public ReadHandler getReadHandler() {
    return this;
  }

  @Override
  public Writer getWriter() {
    return connection.getWriter();
  }

  @Override
  public CloseListener getCloseListener() {
    return connection.getCloseListener();
  }

  /** Called by the container when the connection has ended, and by the link. */
  @Override
  public void close(CloseReason reason) {
    connection.close(reason);
    transport.disconnected();
  }

  @Override
  public void handle(ByteBuffer data) {
    reader.read(data);
  }

  @Override
  public void text(String text) {
    transport.text(text);
  }

  @Override
  public void close(CloseStatus status, ByteBuffer frame) {
    if (!transport.closedByPeer(status)) {
      // The peer began: Tyrus answers, then closes the socket.
      control(frame);
    }
  }

  @Override
  public void control(ByteBuffer frame) {
    connection.getReadHandler().handle(frame);
  }

  @Override
  public void tooLarge() {
    transport.tooLarge();
  }

  @Override
  public void broken(String how) {
    transport.fail(
        new TransportException(Category.OTHER, transport.address() + " sent " + how, null));
  }
}
