package io.respoke.webhook;

import org.jspecify.annotations.Nullable;

/** The headers of one request. */
@FunctionalInterface
public interface WebhookHeaders {
  /**
   * The value of a header whose name is given in any case of its letters, or {@code null} when it
   * is missing. Method references of servlet requests, Jakarta REST's {@code HttpHeaders} and the
   * JDK's {@code Headers} do.
   */
  @Nullable String value(String name);
}
