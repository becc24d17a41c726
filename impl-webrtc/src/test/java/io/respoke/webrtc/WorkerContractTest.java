package io.respoke.webrtc;

import io.respoke.spi.MediaBackendProvider;
import io.respoke.spi.contract.MediaBackendContract;

/** With worker processes, as applications get it. */
class WorkerContractTest implements MediaBackendContract {
  @Override
  public MediaBackendProvider mediaBackendProvider() {
    return new WebRtcBackendProvider();
  }
}
