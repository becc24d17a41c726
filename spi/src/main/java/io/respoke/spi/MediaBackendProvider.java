package io.respoke.spi;

import io.respoke.ClientOptions;
import io.respoke.Plugin;

/** Makes media backends. */
public interface MediaBackendProvider extends Plugin {
  /**
   * A backend for one client, made when its first call needs one. May load native code and take its
   * time: it is called off the I/O.
   *
   * @throws io.respoke.MediaException of reason {@code UNAVAILABLE}, naming the platform or the
   *     system libraries that are missing and what to install
   */
  MediaBackend backend(ClientOptions options);
}
