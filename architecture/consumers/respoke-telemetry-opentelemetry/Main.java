package consumer;

import io.opentelemetry.api.OpenTelemetry;
import io.respoke.ClientOptions;
import io.respoke.spi.TelemetryProvider;
import io.respoke.telemetry.opentelemetry.OpenTelemetryTelemetry;
import java.util.ServiceLoader;

/** It is found, and can be given an OpenTelemetry. */
class Main {
  public static void main(String[] args) {
    if (ServiceLoader.load(TelemetryProvider.class).stream().count() != 1) {
      throw new AssertionError("the plug-in is not found");
    }
    OpenTelemetryTelemetry telemetry = new OpenTelemetryTelemetry(OpenTelemetry.noop());
    telemetry.telemetry(ClientOptions.builder().build()).closed();
    Module module = OpenTelemetryTelemetry.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
