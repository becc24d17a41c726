package consumer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.respoke.ClientOptions;
import io.respoke.spi.TelemetryProvider;
import io.respoke.telemetry.micrometer.MicrometerTelemetry;
import java.util.ServiceLoader;

/** It is found, and can be given a registry. */
class Main {
  public static void main(String[] args) {
    if (ServiceLoader.load(TelemetryProvider.class).stream().count() != 1) {
      throw new AssertionError("the plug-in is not found");
    }
    MicrometerTelemetry telemetry = new MicrometerTelemetry(new SimpleMeterRegistry());
    telemetry.telemetry(ClientOptions.builder().build()).closed();
    Module module = MicrometerTelemetry.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
