package consumer;

import io.respoke.Plugin;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportProvider;
import io.respoke.spi.TransportRequest;

/** A plug-in can be written against it. */
class Main {
  record Nowhere(String name) implements TransportProvider {
    @Override
    public Transport open(TransportRequest request, TransportListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  public static void main(String[] args) {
    Plugin plugin = new Nowhere("nowhere");
    TransportException failure =
        new TransportException(TransportException.Category.REFUSED, plugin.name(), null);
    if (failure.status() != 0 || plugin.priority() != 0) {
      throw new AssertionError(failure);
    }
    Module module = TransportProvider.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
