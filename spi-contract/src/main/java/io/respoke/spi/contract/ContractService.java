package io.respoke.spi.contract;

import java.net.URI;

/** What a transport connects to, as the contract drives it. */
public interface ContractService extends AutoCloseable {
  /** Where it is: with path and query. */
  URI uri();

  /** Accepts connections from now on; so it is at first. */
  void acceptConnections();

  /** Refuses the upgrade of new connections with an HTTP status. */
  void refuseConnections(int status);

  /** Does not answer new connections. */
  void ignoreConnections();

  /** The next connection that was accepted; fails the test when there is none. */
  ContractPeer next();

  /** Ends all connections. */
  @Override
  void close();
}
