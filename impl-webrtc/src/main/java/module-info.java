/** The media backend on webrtc-java. */
@SuppressWarnings("requires-automatic") // webrtc-java names its module and brings no descriptor
module io.respoke.webrtc {
  requires io.respoke.spi;
  requires static org.jspecify;
  requires webrtc.java;

  provides io.respoke.spi.MediaBackendProvider with
      io.respoke.webrtc.WebRtcBackendProvider;
}
