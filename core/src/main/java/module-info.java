/** The client engine behind {@code io.respoke}. It exports nothing: applications use the API. */
module io.respoke.core {
  requires io.respoke;
  requires io.respoke.spi;
  requires io.respoke.protocol;
  requires jakarta.json.bind;
  requires java.net.http;
  requires static org.jspecify;

  uses io.respoke.spi.TransportProvider;
  uses io.respoke.spi.TokenProviderFactory;
  uses io.respoke.spi.TelemetryProvider;
  uses io.respoke.spi.MediaBackendProvider;

  provides io.respoke.bootstrap.ClientProvider with
      io.respoke.core.DefaultClientProvider;
}
