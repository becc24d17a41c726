package io.respoke.cdi.suite.se;

import io.respoke.ClientOptions;
import io.respoke.MediaException;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaBackendProvider;

/** A media backend that is found by {@code ServiceLoader}, and would win by its priority. */
public final class FoundMedia implements MediaBackendProvider {
  @Override
  public String name() {
    return "found";
  }

  @Override
  public int priority() {
    return Integer.MAX_VALUE;
  }

  @Override
  public MediaBackend backend(ClientOptions options) {
    throw new MediaException(MediaException.Reason.UNAVAILABLE, "the one that was found", null);
  }
}
