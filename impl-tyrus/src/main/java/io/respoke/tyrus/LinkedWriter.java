package io.respoke.tyrus;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.glassfish.tyrus.spi.WriterInfo;

/**
 * Writes for Tyrus, but does not close the socket behind a close frame of ours, as Tyrus asks: what
 * the peer has sent in the meantime would turn that into a reset, which can destroy our last
 * messages on their way. The link closes it when the peer has answered.
 */
final class LinkedWriter extends Writer {
  private static final CompletionHandler<ByteBuffer> NOBODY = new CompletionHandler<>() {};

  private final Writer writer;
  private final TyrusLink link;

  LinkedWriter(Writer writer, TyrusLink link) {
    this.writer = writer;
    this.link = link;
  }

  /**
   * Writes nothing, so that Tyrus looks at its queue again. Its JDK container can overlook a write
   * that comes in the instant when another has ended (TaskQueueFilter: between the poll that finds
   * the queue empty and the release of the lock) until the next write comes; with one message in
   * flight there would be none.
   */
  void nudge() {
    writer.write(ByteBuffer.allocate(0), NOBODY);
  }

  @Override
  public void write(ByteBuffer buffer, CompletionHandler<ByteBuffer> handler) {
    writer.write(buffer, handler);
  }

  @Override
  public void write(ByteBuffer buffer, CompletionHandler<ByteBuffer> handler, WriterInfo info) {
    writer.write(buffer, handler, info);
  }

  @Override
  public void close() throws IOException {
    if (!link.awaitsClose()) {
      writer.close();
    }
  }
}
