package io.respoke.tyrus;

import org.glassfish.tyrus.spi.ClientEngine;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.glassfish.tyrus.spi.Writer;

/**
 * Tyrus's engine of one connection, which also tells the {@link TyrusLink} what it needs to know.
 * It lets Tyrus see no answer but 101: redirects and Tyrus's own authentication, whose state is
 * shared by all connections, are not used.
 */
final class LinkedEngine implements ClientEngine {
  private final ClientEngine engine;
  private final TyrusLink link;

  LinkedEngine(ClientEngine engine, TyrusLink link) {
    this.engine = engine;
    this.link = link;
  }

  @Override
  public UpgradeRequest createUpgradeRequest(TimeoutHandler timeoutHandler) {
    link.connecting(timeoutHandler);
    return engine.createUpgradeRequest(timeoutHandler);
  }

  @Override
  public ClientUpgradeInfo processResponse(
      UpgradeResponse response, Writer writer, Connection.CloseListener closeListener) {
    int status = response.getStatus();
    if (status != 101) {
      engine.processError(new UpgradeRejected(status));
      return Rejected.INFO;
    }
    LinkedWriter linked = new LinkedWriter(writer, link);
    link.upgraded(linked, closeListener);
    ClientUpgradeInfo info = engine.processResponse(response, linked, closeListener);
    return info.getUpgradeStatus() == ClientUpgradeStatus.SUCCESS
        ? new LinkedUpgrade(info, link)
        : info;
  }

  @Override
  public void processError(Throwable failure) {
    engine.processError(failure);
  }

  private record LinkedUpgrade(ClientUpgradeInfo info, TyrusLink link)
      implements ClientUpgradeInfo {
    @Override
    public ClientUpgradeStatus getUpgradeStatus() {
      return info.getUpgradeStatus();
    }

    @Override
    public Connection createConnection() {
      return link.connected(info.createConnection());
    }
  }

  private enum Rejected implements ClientUpgradeInfo {
    INFO;

    @Override
    public ClientUpgradeStatus getUpgradeStatus() {
      return ClientUpgradeStatus.UPGRADE_REQUEST_FAILED;
    }

    @Override
    public Connection createConnection() {
      throw new IllegalStateException("rejected");
    }
  }
}
