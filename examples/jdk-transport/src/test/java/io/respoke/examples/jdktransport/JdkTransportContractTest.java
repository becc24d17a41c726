package io.respoke.examples.jdktransport;

import io.respoke.spi.TransportProvider;
import io.respoke.spi.contract.WebSocketTransportContract;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class JdkTransportContractTest implements WebSocketTransportContract {
  @Override
  public TransportProvider transportProvider() {
    return new JdkTransportProvider();
  }

  @Override
  public boolean isSharedThread(String threadName) {
    return threadName.startsWith("respoke-jdk-")
        || threadName.matches("HttpClient-\\d+-SelectorManager");
  }
}
