package io.respoke.webrtc;

import io.respoke.ClientOptions;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaBackendProvider;

/**
 * Does media with webrtc-java.
 *
 * <p>Needs Linux with glibc, macOS or Windows, and on Linux the libraries of PulseAudio, X11, D-Bus
 * and udev, though no device and no server of theirs.
 *
 * <p>On the module path the native half is a module that nothing requires: name it, for example
 * with {@code --add-modules webrtc.linux.x86_64}.
 *
 * <p>Native code runs in worker processes, so that a fault in it ends some calls and not the
 * application. The attribute {@value #ISOLATION} of the client's options, or the system property of
 * that name, is {@code process} or, for all in this process, {@code none}. With {@code none}
 * threads of native code keep a program running until its client is closed.
 */
public final class WebRtcBackendProvider implements MediaBackendProvider {
  static final String ISOLATION = "respoke.webrtc.isolation";

  /** For {@link java.util.ServiceLoader}. */
  public WebRtcBackendProvider() {}

  @Override
  public String name() {
    return "webrtc";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public boolean isAvailable() {
    return NativeLibrary.isPresent();
  }

  @Override
  public MediaBackend backend(ClientOptions options) {
    String isolation =
        String.valueOf(
            options.attributes().getOrDefault(ISOLATION, System.getProperty(ISOLATION, "process")));
    return switch (isolation) {
      case "process" -> WorkerBackend.start(WorkerSettings.defaults());
      case "none" -> new InProcessBackend(Engine.start());
      default ->
          throw new IllegalArgumentException(
              ISOLATION + " must be process or none: '" + isolation + "'");
    };
  }
}
