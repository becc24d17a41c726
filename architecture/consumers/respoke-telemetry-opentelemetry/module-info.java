/** Uses the module as an application would. */
module consumer {
  requires io.respoke.telemetry.opentelemetry;

  uses io.respoke.spi.TelemetryProvider;
}
