package io.respoke.webrtc;

import io.respoke.spi.MediaBackendProvider;
import io.respoke.spi.contract.MediaBackendContract;
import org.junit.jupiter.api.Tag;

/** With worker processes, as applications get it. */
@Tag("once")
class WorkerContractTest implements MediaBackendContract {
  @Override
  public MediaBackendProvider mediaBackendProvider() {
    return new WebRtcBackendProvider();
  }
}
