package io.respoke.spi.contract.memory;

import io.respoke.spi.Transport;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportProvider;
import io.respoke.spi.TransportRequest;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * Opens connections to peers that a test scripts. It has no socket and no thread: listeners and
 * scripts are called on {@link TransportRequest#executor}, so that a test with a manual executor
 * decides when anything happens, and one with {@code Runnable::run} sees it at once.
 *
 * <pre>{@code
 * var transports = new InMemoryTransportProvider()
 *     .accept(request -> InMemoryPeer.accepting()
 *         .onOpen(peer -> peer.send("1::"))
 *         .onText((peer, text) -> peer.send("echo " + text)));
 * …
 * InMemoryPeer peer = transports.next();      // the next connection that was opened
 * peer.received();                            // the next text it was sent
 * peer.close(1012, "restart");
 * }</pre>
 *
 * <p>It is not registered with {@link java.util.ServiceLoader}: give an instance to the options.
 */
public final class InMemoryTransportProvider implements TransportProvider {
  private final BlockingQueue<InMemoryPeer> opened = new LinkedBlockingQueue<>();
  private volatile Function<TransportRequest, InMemoryPeer> service =
      request -> InMemoryPeer.accepting();

  /** A provider whose peers all accept and say nothing. */
  public InMemoryTransportProvider() {}

  /**
   * Says who answers from now on.
   *
   * @param service called for each connection, by the thread that opens it; must return a new peer
   */
  public InMemoryTransportProvider accept(Function<TransportRequest, InMemoryPeer> service) {
    this.service = Objects.requireNonNull(service, "service");
    return this;
  }

  /**
   * The peer of the next connection in the order of their opening, those refused included. Waits up
   * to ten seconds, then fails the test.
   */
  public InMemoryPeer next() {
    return InMemoryPeer.await(opened, "no connection was opened");
  }

  /** How many connections were opened and not yet taken by {@link #next()}. */
  public int waiting() {
    return opened.size();
  }

  @Override
  public String name() {
    return "in-memory";
  }

  @Override
  public Transport open(TransportRequest request, TransportListener listener) {
    InMemoryPeer peer = service.apply(request);
    InMemoryTransport transport = peer.attach(request, listener);
    opened.add(peer);
    transport.begin();
    return transport;
  }
}
