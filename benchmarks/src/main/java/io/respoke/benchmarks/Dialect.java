package io.respoke.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * How one socket of one kind of server is spoken to: text that is sent, and what text that comes
 * means. Requests are answered in order, one answer for each, so nobody needs their numbers.
 */
interface Dialect {
  /** What is said first. */
  String hello();

  /** Whether the server has taken it. */
  boolean welcomes(String frame);

  /** Asks to be in a group. */
  String join(String group);

  /** A message to an endpoint. */
  String message(String to);

  /** A message to a group. */
  String publish(String group, boolean persist);

  /**
   * Whether it answers a request.
   *
   * @throws IllegalStateException if it says that the request was refused
   */
  boolean acknowledges(String frame);

  /** Whether it brings somebody's message. */
  boolean delivers(String frame);

  /** What to answer a heartbeat with; {@code null} when it is none. */
  @Nullable String heartbeat(String frame);
}
