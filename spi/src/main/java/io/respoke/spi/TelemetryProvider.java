package io.respoke.spi;

import io.respoke.ClientOptions;
import io.respoke.Plugin;

/**
 * Makes a {@link Telemetry} for each client. Every provider is used; one that is found is not where
 * the options give one of the same name.
 */
public interface TelemetryProvider extends Plugin {
  /** The telemetry of a new client. */
  Telemetry telemetry(ClientOptions options);
}
