package com.example.wirelog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.spi.TransportProvider;
import io.respoke.spi.contract.WebSocketTransportContract;
import java.util.Comparator;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class WireLogContractTest implements WebSocketTransportContract {
  /** The one that a client without a name for its transport gets. */
  @Override
  public TransportProvider transportProvider() {
    return ServiceLoader.load(TransportProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .max(Comparator.comparingInt(TransportProvider::priority))
        .orElseThrow();
  }

  /** Those of the logged transport. */
  @Override
  public boolean isSharedThread(String threadName) {
    return threadName.contains("tyrus-") || threadName.matches("(Innocuous)?Thread-\\d+");
  }

  @Test
  void isUsedBeforeTheTransportThatItLogs() {
    assertEquals("wire-log", transportProvider().name());
  }
}
