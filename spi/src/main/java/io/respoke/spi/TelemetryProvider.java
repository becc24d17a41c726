package io.respoke.spi;

import io.respoke.ClientOptions;
import io.respoke.Plugin;

/** Makes a {@link Telemetry} for each client. Every provider that is found is used. */
public interface TelemetryProvider extends Plugin {
  /** The telemetry of a new client. */
  Telemetry telemetry(ClientOptions options);
}
