package io.respoke.telemetry.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.respoke.ClientOptions;
import io.respoke.spi.Telemetry;
import io.respoke.spi.TelemetryProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/**
 * In an application with CDI: counts with its {@link OpenTelemetry} where it has a single one, and
 * stands for the plug-in that {@code ServiceLoader} finds. Without CDI nothing loads it.
 */
@ApplicationScoped
class OpenTelemetryBean implements TelemetryProvider {
  @Inject Instance<OpenTelemetry> beans;

  @Override
  public String name() {
    return OpenTelemetryTelemetry.NAME;
  }

  @Override
  public Telemetry telemetry(ClientOptions options) {
    OpenTelemetryTelemetry telemetry =
        beans.isResolvable()
            ? new OpenTelemetryTelemetry(beans.get())
            : new OpenTelemetryTelemetry();
    return telemetry.telemetry(options);
  }
}
