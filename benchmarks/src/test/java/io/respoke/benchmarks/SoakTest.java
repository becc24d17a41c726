package io.respoke.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SoakTest {
  @Test
  void everyConfirmedMessageReachesEverybodyOnceWhileConnectionsAreCut() {
    String report = Soak.run(Duration.ofSeconds(10), 20_260_101);

    System.out.println(report);
    assertTrue(report.contains("each delivered once"), report);
  }
}
