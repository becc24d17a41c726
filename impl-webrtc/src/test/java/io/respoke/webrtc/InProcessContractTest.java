package io.respoke.webrtc;

import io.respoke.ClientOptions;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaBackendProvider;
import io.respoke.spi.contract.MediaBackendContract;
import org.junit.jupiter.api.Tag;

/** All in one process. */
@Tag("once")
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
