/** What a plug-in implements: transports, token provider factories, media backends, telemetry. */
module io.respoke.spi {
  requires transitive io.respoke;
  requires static transitive org.jspecify;

  exports io.respoke.spi;
}
