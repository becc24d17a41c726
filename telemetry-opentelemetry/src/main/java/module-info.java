/** Telemetry of clients by OpenTelemetry. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // its name is reserved
module io.respoke.telemetry.opentelemetry {
  requires transitive io.respoke.spi;
  requires transitive io.opentelemetry.api;
  requires transitive io.opentelemetry.context;
  requires static jakarta.cdi;
  requires static jakarta.inject;
  requires static transitive org.jspecify;

  exports io.respoke.telemetry.opentelemetry;

  // The container makes its bean by reflection.
  opens io.respoke.telemetry.opentelemetry;

  provides io.respoke.spi.TelemetryProvider with
      io.respoke.telemetry.opentelemetry.OpenTelemetryTelemetry;
}
