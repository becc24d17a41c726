/** The default transport: Tyrus with its JDK container. */
module io.respoke.tyrus {
  requires io.respoke.spi;
  requires static org.jspecify;
  requires jakarta.websocket;
  requires org.glassfish.tyrus.client;
  requires org.glassfish.tyrus.container.jdk.client;
  requires org.glassfish.tyrus.core;
  requires org.glassfish.tyrus.spi;

  // Tyrus makes an instance of the container by its class name.
  exports io.respoke.tyrus to
      org.glassfish.tyrus.core;

  provides io.respoke.spi.TransportProvider with
      io.respoke.tyrus.TyrusTransportProvider;
}
