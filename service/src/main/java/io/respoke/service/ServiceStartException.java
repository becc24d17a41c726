package io.respoke.service;

import org.jspecify.annotations.Nullable;

/** The service could not start; the message says why and what to change. */
public final class ServiceStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason in words and its cause. */
  public ServiceStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
