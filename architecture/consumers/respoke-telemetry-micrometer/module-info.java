/** Uses the module as an application would. */
module consumer {
  requires io.respoke.telemetry.micrometer;

  uses io.respoke.spi.TelemetryProvider;
}
