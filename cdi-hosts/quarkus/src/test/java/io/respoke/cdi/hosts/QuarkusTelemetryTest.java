package io.respoke.cdi.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RunningService.class)
class QuarkusTelemetryTest {
  @Inject MeterRegistry registry;

  private double connected() {
    return registry.get("respoke.client.connections").tags("state", "connected").gauge().value();
  }

  @Test
  void clientsAreCountedInTheApplicationsRegistry() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (connected() < 2 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals(2, connected());
    assertTrue(registry.get("respoke.client.request.duration").timers().size() > 0);
  }
}
