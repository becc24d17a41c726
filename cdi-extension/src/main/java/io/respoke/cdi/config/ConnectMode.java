package io.respoke.cdi.config;

/** When a client connects. */
public enum ConnectMode {
  /** When the application has started. */
  STARTUP,
  /** When it is used first. */
  LAZY,
  /** When the application calls {@code connect}. */
  MANUAL
}
