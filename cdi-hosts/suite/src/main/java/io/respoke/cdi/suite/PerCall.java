package io.respoke.cdi.suite;

import io.respoke.cdi.CallScoped;
import io.respoke.event.CallEnded;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;

/** Something of one call. */
@CallScoped
public class PerCall {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Inject Probe probe;

  private final int number = NUMBER.incrementAndGet();

  /** A number that no other one has. */
  public int number() {
    return number;
  }

  void ended(@Observes CallEnded event) {
    probe.saw("ended " + event.call().id(), String.valueOf(number));
  }

  @PreDestroy
  void destroyed() {
    probe.saw("destroyed", String.valueOf(number));
  }
}
