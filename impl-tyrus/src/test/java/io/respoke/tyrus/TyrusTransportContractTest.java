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
    // The last is the name of the thread that waits for the network, by JDK 17 and by JDK 25.
    return threadName.contains("tyrus-") || threadName.matches("(Innocuous)?Thread-\\d+");
  }
}
