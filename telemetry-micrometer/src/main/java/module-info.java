/** Telemetry of clients by Micrometer. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // its name is reserved
module io.respoke.telemetry.micrometer {
  requires transitive io.respoke.spi;
  requires transitive micrometer.core;
  requires static jakarta.cdi;
  requires static jakarta.inject;
  requires static transitive org.jspecify;

  exports io.respoke.telemetry.micrometer;

  // The container makes its bean by reflection.
  opens io.respoke.telemetry.micrometer;

  provides io.respoke.spi.TelemetryProvider with
      io.respoke.telemetry.micrometer.MicrometerTelemetry;
}
