package com.example.wirelog;

import io.respoke.spi.Transport;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportProvider;
import io.respoke.spi.TransportRequest;
import java.util.Comparator;
import java.util.ServiceLoader;

/**
 * Logs what goes over the wire of whichever other transport is there: sizes and times, never texts, because credentials
 * travel in them. It is enough to add this jar; to have it off again, name the other transport in the options.
 */
public final class WireLogProvider implements TransportProvider {
  private final TransportProvider logged;

  /** For {@link ServiceLoader}. */
  public WireLogProvider() {
    this(other());
  }

  WireLogProvider(TransportProvider logged) {
    this.logged = logged;
  }

  private static TransportProvider other() {
    // Not by getting each one: this one would look for others again.
    return ServiceLoader.load(TransportProvider.class, WireLogProvider.class.getClassLoader()).stream()
        .filter(provider -> provider.type() != WireLogProvider.class)
        .map(ServiceLoader.Provider::get)
        .filter(TransportProvider::isAvailable)
        .max(Comparator.comparingInt(TransportProvider::priority))
        .orElse(null);
  }

  @Override
  public String name() {
    return "wire-log";
  }

  /** Above the one that is logged. */
  @Override
  public int priority() {
    return logged == null ? 0 : logged.priority() + 1;
  }

  /** Without another transport there is nothing to log. */
  @Override
  public boolean isAvailable() {
    return logged != null;
  }

  @Override
  public boolean connectBlocks() {
    return logged.connectBlocks();
  }

  @Override
  public Transport open(TransportRequest request, TransportListener listener) {
    WireLog log = new WireLog(request.address());
    return new LoggedTransport(logged.open(request, new LoggedListener(listener, log)), log);
  }
}
