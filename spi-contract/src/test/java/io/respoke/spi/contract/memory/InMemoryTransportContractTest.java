package io.respoke.spi.contract.memory;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.TransportProvider;
import io.respoke.spi.contract.ContractPeer;
import io.respoke.spi.contract.ContractService;
import io.respoke.spi.contract.TransportContract;
import java.net.URI;
import java.util.concurrent.TimeUnit;

class InMemoryTransportContractTest implements TransportContract {
  private final InMemoryTransportProvider transports = new InMemoryTransportProvider();

  @Override
  public TransportProvider transportProvider() {
    return transports;
  }

  @Override
  public ContractService contractService() {
    return new Service();
  }

  private final class Service implements ContractService {
    @Override
    public URI uri() {
      return URI.create("ws://in-memory.test/socket?token=secret");
    }

    @Override
    public void acceptConnections() {
      transports.accept(request -> InMemoryPeer.accepting());
    }

    @Override
    public void refuseConnections(int status) {
      transports.accept(request -> InMemoryPeer.refusing(status));
    }

    @Override
    public void ignoreConnections() {
      transports.accept(request -> InMemoryPeer.silent());
    }

    @Override
    public ContractPeer next() {
      InMemoryPeer peer = transports.next();
      while (!peer.isOpen()) {
        peer = transports.next();
      }
      return new Peer(peer);
    }

    @Override
    public void close() {}
  }

  private record Peer(InMemoryPeer peer) implements ContractPeer {
    @Override
    public void send(String text) {
      peer.send(text);
    }

    @Override
    public String received() {
      return peer.received();
    }

    @Override
    public void close(int code, String reason) {
      peer.close(code, reason);
    }

    @Override
    public void cut() {
      peer.cut();
    }

    @Override
    public void stall() {
      peer.stall();
    }

    @Override
    public void resume() {
      peer.resume();
    }

    @Override
    public CloseStatus ended() {
      try {
        return peer.closed().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
