package io.respoke.tyrus.bundle;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.spi.TransportProvider;
import io.respoke.spi.contract.WebSocketTransportContract;
import io.respoke.tyrus.TyrusTransportProvider;
import org.glassfish.tyrus.client.ClientManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract where Tyrus is the bundle {@code tyrus-standalone-client}. */
@Tag("slow")
class TyrusBundleContractTest implements WebSocketTransportContract {
  @Override
  public TransportProvider transportProvider() {
    return new TyrusTransportProvider();
  }

  @Override
  public boolean isSharedThread(String threadName) {
    return threadName.matches("Grizzly\\(\\d+\\).*|tyrus-grizzly-.*|respoke-tyrus-deadlines");
  }

  @Override
  public boolean closesUnansweredUpgrades() {
    return false;
  }

  @Override
  public boolean readsTlsToItsEnd() {
    return false;
  }

  @Test
  void theBundleIsWhatRuns() {
    String tyrus =
        ClientManager.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertTrue(tyrus.matches(".*/tyrus-standalone-client-[\\d.]+\\.jar"), tyrus);
    assertThrows(
        ClassNotFoundException.class,
        () -> Class.forName("org.glassfish.tyrus.container.jdk.client.JdkClientContainer"));
  }
}
