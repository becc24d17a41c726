package io.respoke.service.state;

/**
 * The bounds of what one service keeps.
 *
 * @param pendingTokens tokens that were made and not yet exchanged
 * @param sessions live session tokens
 * @param observedPerEndpoint endpoints whose presence one endpoint observes
 * @param groupsPerConnection groups one connection is in
 * @param connectionsPerApp registered connections of one app; 0 for no limit
 * @param groupsPerApp groups of one app; 0 for no limit
 * @param calls sessions of calls and direct connections in one app
 */
public record Limits(
    int pendingTokens,
    int sessions,
    int observedPerEndpoint,
    int groupsPerConnection,
    int connectionsPerApp,
    int groupsPerApp,
    int calls) {

  /** Bounds that suit a server, with the given limits where options set them. */
  public static Limits of(int connectionsPerApp, int groupsPerApp) {
    return new Limits(100_000, 200_000, 10_000, 10_000, connectionsPerApp, groupsPerApp, 50_000);
  }
}
