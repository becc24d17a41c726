package io.respoke.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * A {@link BareHost}, with frames as long as the service's. The echo of one is its answer and its
 * delivery.
 */
final class BareDialect implements Dialect {
  private static final RespokeDialect FRAMES =
      new RespokeDialect("5E0F6C1B-2A77-4C1E-8B0D-91C4F3A2D6E8");

  private final boolean echo;

  BareDialect(boolean echo) {
    this.echo = echo;
  }

  @Override
  public String hello() {
    return "1::";
  }

  @Override
  public boolean welcomes(String frame) {
    return frame.equals("1::");
  }

  @Override
  public String join(String group) {
    return echo ? "5:join" : "6:join";
  }

  @Override
  public String message(String to) {
    return FRAMES.message(to);
  }

  @Override
  public String publish(String group, boolean persist) {
    return FRAMES.publish(group, persist);
  }

  @Override
  public boolean acknowledges(String frame) {
    return frame.startsWith(echo ? "5:" : "6:");
  }

  @Override
  public boolean delivers(String frame) {
    return frame.startsWith("5:");
  }

  @Override
  public @Nullable String heartbeat(String frame) {
    return null;
  }
}
