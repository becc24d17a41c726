package io.respoke.service.edge;

import org.jspecify.annotations.Nullable;

/**
 * Who may read the metrics.
 *
 * @param open whether anybody may
 * @param token what those must show who may, or {@code null} for nothing
 */
public record MetricsAccess(boolean open, @Nullable String token) {
  /** Nobody. */
  public static final MetricsAccess NOBODY = new MetricsAccess(false, null);

  /** Without the token. */
  @Override
  public String toString() {
    return "MetricsAccess[open=" + open + "]";
  }
}
