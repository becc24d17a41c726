package io.respoke.telemetry.opentelemetry;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.respoke.ClientOptions;
import io.respoke.spi.Telemetry;
import io.respoke.spi.TelemetryProvider;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Counts what clients do with the meters of OpenTelemetry. Found by {@code ServiceLoader} it uses
 * the {@link GlobalOpenTelemetry} that is set when a client is made, and counts nothing where none
 * is; an application with CDI that has an {@link OpenTelemetry} bean has its clients counted there.
 * Any other is given to the options with {@link ClientOptions.Builder#plugin}.
 *
 * <p>Clients are counted together. Those with the attribute {@value #CLIENT} are told apart by its
 * value, as the attribute {@code client} of all meters: have few of them.
 */
public final class OpenTelemetryTelemetry implements TelemetryProvider {
  /**
   * The attribute of a client whose text is the attribute {@code client}. Default: {@code default}.
   */
  public static final String CLIENT = "telemetry.client";

  /**
   * The attribute of a client that also puts the trace context into its messages: {@code true}, or
   * its text. Default: {@code false}, because whoever receives such a message sees it. Calls always
   * have it, in their metadata.
   */
  public static final String TRACE_MESSAGES = "telemetry.traceMessages";

  static final String NAME = "opentelemetry";

  private final Supplier<OpenTelemetry> telemetry;

  /** Counts with the global one. */
  public OpenTelemetryTelemetry() {
    // Not get(): that would keep anybody from setting one later.
    telemetry = GlobalOpenTelemetry::getOrNoop;
  }

  /** Counts with a given one, which stays the application's to close. */
  public OpenTelemetryTelemetry(OpenTelemetry telemetry) {
    Objects.requireNonNull(telemetry, "telemetry");
    this.telemetry = () -> telemetry;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Telemetry telemetry(ClientOptions options) {
    Object client = options.attributes().get(CLIENT);
    Object traceMessages = options.attributes().get(TRACE_MESSAGES);
    return new ClientTelemetry(
        telemetry.get(),
        client == null ? "default" : client.toString(),
        traceMessages != null && Boolean.parseBoolean(traceMessages.toString()));
  }
}
