package io.respoke.spi;

import io.respoke.ClientOptions;
import io.respoke.Plugin;

/** Makes media backends. */
public interface MediaBackendProvider extends Plugin {
  /** A backend for one client. May load native code and take its time: it is called off the I/O. */
  MediaBackend backend(ClientOptions options);
}
