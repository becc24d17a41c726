package io.respoke.webrtc;

import io.respoke.ClientOptions;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaBackendProvider;
import io.respoke.spi.contract.MediaBackendContract;

/** All in one process. */
class InProcessContractTest implements MediaBackendContract {
  @Override
  public MediaBackendProvider mediaBackendProvider() {
    WebRtcBackendProvider provider = new WebRtcBackendProvider();
    return new MediaBackendProvider() {
      @Override
      public String name() {
        return provider.name();
      }

      @Override
      public MediaBackend backend(ClientOptions options) {
        return provider.backend(
            options.toBuilder().attribute(WebRtcBackendProvider.ISOLATION, "none").build());
      }
    };
  }
}
