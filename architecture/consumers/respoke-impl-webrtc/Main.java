package consumer;

import io.respoke.spi.MediaBackendProvider;
import java.util.ServiceLoader;

/** The engine finds it, and looking whether it is available loads nothing. */
class Main {
  public static void main(String[] args) {
    MediaBackendProvider provider =
        ServiceLoader.load(MediaBackendProvider.class).findFirst().orElseThrow();
    Module module = provider.getClass().getModule();
    // On the module path the native half is a module that the command line names.
    if (!provider.name().equals("webrtc") || !(module.isNamed() || provider.isAvailable())) {
      throw new AssertionError(provider.name() + " " + provider.isAvailable());
    }
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
