package io.respoke.telemetry.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.respoke.ClientOptions;
import io.respoke.spi.Telemetry;
import io.respoke.spi.TelemetryProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/**
 * In an application with CDI: counts in its registry where it has a single one, and stands for the
 * plug-in that {@code ServiceLoader} finds. Without CDI nothing loads it.
 */
@ApplicationScoped
class RegistryBean implements TelemetryProvider {
  @Inject Instance<MeterRegistry> registries;

  @Override
  public String name() {
    return MicrometerTelemetry.NAME;
  }

  @Override
  public Telemetry telemetry(ClientOptions options) {
    MicrometerTelemetry telemetry =
        registries.isResolvable()
            ? new MicrometerTelemetry(registries.get())
            : new MicrometerTelemetry();
    return telemetry.telemetry(options);
  }
}
