package io.respoke.tyrus;

import io.respoke.spi.TransportProvider;
import io.respoke.spi.contract.WebSocketTransportContract;

class TyrusTransportContractTest implements WebSocketTransportContract {
  @Override
  public TransportProvider transportProvider() {
    return new TyrusTransportProvider();
  }

  @Override
  public boolean isSharedThread(String threadName) {
    // The last is the JDK's name for the thread that waits for the network.
    return threadName.contains("tyrus-") || threadName.matches("Thread-\\d+");
  }
}
