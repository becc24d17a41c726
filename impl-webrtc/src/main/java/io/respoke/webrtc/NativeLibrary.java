package io.respoke.webrtc;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The native half of webrtc-java: which one fits this machine, and what its absence means. */
final class NativeLibrary {
  private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());
  private static final String PREFIX = "libwebrtc-java-";

  private NativeLibrary() {}

  /** The file's name for this platform; none when there is none for it. */
  static @Nullable String fileName(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String family =
        os.startsWith("linux")
            ? "linux"
            : os.startsWith("mac os") ? "macos" : os.startsWith("windows") ? "windows" : null;
    String arch =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "x86_64", "x86-64", "amd64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          case "arm", "aarch32" -> "aarch32";
          default -> null;
        };
    if (family == null || arch == null) {
      return null;
    }
    return System.mapLibraryName("webrtc-java-" + family + "-" + arch);
  }

  static @Nullable String fileName() {
    return fileName(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  /** Whether it is there for this platform. Loads nothing. */
  static boolean isPresent() {
    String name = fileName();
    return name != null && NativeLibrary.class.getClassLoader().getResource(name) != null;
  }

  /** Throws when there is none for this platform. Loads nothing. */
  static void requirePresent() {
    if (!isPresent()) {
      throw new MediaException(
          Reason.UNAVAILABLE,
          "There is no media engine for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + ". webrtc-java has one for Linux (glibc), macOS and Windows; add the artifact"
              + " dev.onvoid.webrtc:webrtc-java with the classifier of this platform, for example"
              + " linux-x86_64, and on the module path the option --add-modules webrtc.linux.x86_64.");
    }
  }

  /** Writes it to a directory, under its own name. */
  static void unpack(Path directory) throws IOException {
    String name = String.valueOf(fileName());
    try (InputStream in = NativeLibrary.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      long unused = Files.copy(in, directory.resolve(name));
    }
  }

  /** What loading it failed with, in words that say what to do. */
  static MediaException unavailable(Throwable failure, Instant loadBegan) {
    deleteLeftBehind(loadBegan);
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof LinkageError e && isLink(e))) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    String advice =
        message.contains("cannot open shared object file")
            ? " A system library is missing. On Debian and Ubuntu: apt-get install"
                + " --no-install-recommends libpulse0 libx11-6 libxfixes3 libxrandr2 libxcomposite1"
                + " libdbus-1-3 libudev1"
            : message.contains("failed to map") || message.contains("Operation not permitted")
                ? " Does java.io.tmpdir allow executable files?"
                : "";
    return new MediaException(
        Reason.UNAVAILABLE,
        "The media engine cannot be loaded: " + message + "." + advice,
        failure);
  }

  private static boolean isLink(LinkageError e) {
    return e instanceof UnsatisfiedLinkError;
  }

  /** webrtc-java deletes its copy of the library except when it cannot be linked. */
  private static void deleteLeftBehind(Instant since) {
    Path directory = Path.of(System.getProperty("java.io.tmpdir", "."));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).compareTo(FileTime.from(since)) >= 0) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "A copy of the media engine is left in " + directory, e);
    }
  }
}
