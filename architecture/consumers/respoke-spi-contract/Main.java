package consumer;

import io.respoke.spi.TransportProvider;
import io.respoke.spi.contract.memory.InMemoryPeer;
import io.respoke.spi.contract.memory.InMemoryTransportProvider;
import org.junit.jupiter.api.Test;

/** It brings JUnit and a transport without a network. */
class Main {
  @Test
  void aTest() {}

  public static void main(String[] args) throws Exception {
    TransportProvider provider =
        new InMemoryTransportProvider().accept(request -> InMemoryPeer.accepting());
    if (!Main.class.getDeclaredMethod("aTest").isAnnotationPresent(Test.class)
        || provider.name().isEmpty()) {
      throw new AssertionError(provider);
    }
    Module module = InMemoryPeer.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
