package io.respoke.spi.contract.memory;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportException.Category;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The service's end of one connection. Safe for use by any thread. Its scripts are called serially
 * on {@link TransportRequest#executor}; a script that throws breaks the connection.
 */
public final class InMemoryPeer {
  private final @Nullable TransportException refusal;
  private final boolean opensAtOnce;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<CloseStatus> closed = new CompletableFuture<>();
  private Consumer<InMemoryPeer> onOpen = peer -> {};
  private BiConsumer<InMemoryPeer, String> onText = (peer, text) -> {};
  private volatile @Nullable InMemoryTransport transport;

  private InMemoryPeer(@Nullable TransportException refusal, boolean opensAtOnce) {
    this.refusal = refusal;
    this.opensAtOnce = opensAtOnce;
  }

  /** One that accepts the connection at once. */
  public static InMemoryPeer accepting() {
    return new InMemoryPeer(null, true);
  }

  /** One that answers nothing until {@link #open()} is called, so that the connect may time out. */
  public static InMemoryPeer silent() {
    return new InMemoryPeer(null, false);
  }

  /** One that does not let the connection open. */
  public static InMemoryPeer refusing(TransportException failure) {
    return new InMemoryPeer(Objects.requireNonNull(failure, "failure"), false);
  }

  /** One that refuses the upgrade with an HTTP status. */
  public static InMemoryPeer refusing(int status) {
    return refusing(
        new TransportException(Category.UPGRADE_REJECTED, status, "upgrade: " + status, null));
  }

  /** Sets what it does when the connection has opened. Call it before it is given to a provider. */
  public InMemoryPeer onOpen(Consumer<InMemoryPeer> script) {
    onOpen = Objects.requireNonNull(script, "script");
    return this;
  }

  /** Sets what it does with each text. Call it before it is given to a provider. */
  public InMemoryPeer onText(BiConsumer<InMemoryPeer, String> script) {
    onText = Objects.requireNonNull(script, "script");
    return this;
  }

  /** What the client asked for. */
  public TransportRequest request() {
    return link().request();
  }

  /** Opens the connection of a {@linkplain #silent() silent} peer; else does nothing. */
  public void open() {
    link().opened();
  }

  /**
   * Sends a text to the client. One that is too large for it breaks the connection; without an open
   * connection the text is lost.
   */
  public void send(String text) {
    link().deliver(text);
  }

  /** The next text from the client. Waits up to ten seconds, then fails the test. */
  public String received() {
    return await(received, "nothing was received");
  }

  /** All texts from the client that were not taken yet. Does not wait. */
  public List<String> allReceived() {
    List<String> texts = new ArrayList<>();
    received.drainTo(texts);
    return texts;
  }

  /** Closes with a closing handshake. */
  public void close(int code, String reason) {
    link().closedByPeer(new CloseStatus(code, reason));
  }

  /** Breaks the connection, or refuses to open it, with the given failure. */
  public void fail(TransportException failure) {
    link().fail(failure);
  }

  /** Breaks the connection as a cut cable does. */
  public void cut() {
    fail(new TransportException(Category.LOST, "the connection was cut", null));
  }

  /** Takes no more text until {@link #resume()}: the client's sends wait. */
  public void stall() {
    link().stall(true);
  }

  /** Takes what was sent since {@link #stall()}, and everything from now on. */
  public void resume() {
    link().stall(false);
  }

  /** Whether texts can be sent both ways. */
  public boolean isOpen() {
    InMemoryTransport link = transport;
    return link != null && link.isOpen();
  }

  /** The end of the connection: the client's or this peer's close, or 1006. */
  public CompletionStage<CloseStatus> closed() {
    return closed.minimalCompletionStage();
  }

  InMemoryTransport attach(TransportRequest request, TransportListener listener) {
    if (transport != null) {
      throw new IllegalStateException("a peer is good for one connection: return a new one");
    }
    InMemoryTransport link = new InMemoryTransport(request, listener, this);
    transport = link;
    return link;
  }

  @Nullable TransportException refusal() {
    return refusal;
  }

  boolean opensAtOnce() {
    return opensAtOnce;
  }

  void take(String text) {
    received.add(text);
  }

  void runOnOpen() {
    run(() -> onOpen.accept(this));
  }

  void runOnText(String text) {
    run(() -> onText.accept(this, text));
  }

  void ended(CloseStatus status) {
    closed.complete(status);
  }

  private void run(Runnable script) {
    try {
      script.run();
    } catch (RuntimeException | Error e) {
      fail(new TransportException(Category.OTHER, "the peer's script failed: " + e, e));
    }
  }

  private InMemoryTransport link() {
    InMemoryTransport link = transport;
    if (link == null) {
      throw new IllegalStateException("the peer has no connection yet");
    }
    return link;
  }

  static <T> T await(BlockingQueue<T> queue, String otherwise) {
    try {
      T next = queue.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError(otherwise + " within 10 s");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
  }
}
