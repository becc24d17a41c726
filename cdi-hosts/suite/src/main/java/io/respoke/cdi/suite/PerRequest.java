package io.respoke.cdi.suite;

import jakarta.enterprise.context.RequestScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Something of one request. */
@RequestScoped
public class PerRequest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final int number = NUMBER.incrementAndGet();

  /** A number that no other one has. */
  public int number() {
    return number;
  }
}
