package io.respoke.telemetry.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.respoke.ClientOptions;
import io.respoke.spi.Telemetry;
import io.respoke.spi.TelemetryProvider;
import java.util.Objects;

/**
 * Counts what clients do in a registry of Micrometer. Found by {@code ServiceLoader} it uses {@link
 * Metrics#globalRegistry}, which costs next to nothing until something is added to that; an
 * application with CDI that has a {@link MeterRegistry} bean has its clients counted there. For any
 * other registry give it to the options with {@link ClientOptions.Builder#plugin}.
 *
 * <p>Clients are counted together. Those with the attribute {@value #CLIENT} are told apart by its
 * value, as the tag {@code client}: have few of them.
 */
public final class MicrometerTelemetry implements TelemetryProvider {
  /** The attribute of a client whose text is the tag {@code client}. Default: {@code default}. */
  public static final String CLIENT = "telemetry.client";

  static final String NAME = "micrometer";

  private final MeterRegistry registry;

  /** Counts in the global registry. */
  public MicrometerTelemetry() {
    this(Metrics.globalRegistry);
  }

  /** Counts in a registry, which stays the application's to close. */
  public MicrometerTelemetry(MeterRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Telemetry telemetry(ClientOptions options) {
    Object client = options.attributes().get(CLIENT);
    return new ClientTelemetry(registry, client == null ? "default" : client.toString());
  }
}
