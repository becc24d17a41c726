package io.respoke.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.MediaException;
import io.respoke.spi.MediaBackendProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  @Test
  void theProviderIsRegistered() {
    List<MediaBackendProvider> found =
        ServiceLoader.load(MediaBackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    assertEquals(
        List.of(WebRtcBackendProvider.class), found.stream().map(Object::getClass).toList());
    assertEquals("webrtc", found.get(0).name());
    assertEquals(100, found.get(0).priority());
  }

  @Test
  void eachPlatformHasItsFile() {
    assertTrue(String.valueOf(NativeLibrary.fileName("Linux", "amd64")).contains("linux-x86_64"));
    assertTrue(
        String.valueOf(NativeLibrary.fileName("Mac OS X", "aarch64")).contains("macos-aarch64"));
    assertTrue(
        String.valueOf(NativeLibrary.fileName("Windows 11", "amd64")).contains("windows-x86_64"));
    assertNull(NativeLibrary.fileName("Linux", "riscv64"));
    assertNull(NativeLibrary.fileName("SunOS", "amd64"));
  }

  @Test
  void whatIsMissingIsNamed() {
    MediaException failure =
        NativeLibrary.unavailable(
            new ExceptionInInitializerError(
                new UnsatisfiedLinkError(
                    "libpulse.so.0: cannot open shared object file: No such file or directory")),
            Instant.now());
    assertEquals(MediaException.Reason.UNAVAILABLE, failure.reason());
    assertTrue(String.valueOf(failure.getMessage()).contains("libpulse.so.0"));
    assertTrue(String.valueOf(failure.getMessage()).contains("apt-get install"));
  }

  /** A native half that cannot be linked: a JVM of its own says so, and leaves no copy behind. */
  @Test
  void whatCannotBeLinkedIsUnavailable(@TempDir Path scratch) throws Exception {
    Path broken = Files.createDirectory(scratch.resolve("broken"));
    Path temporary = Files.createDirectory(scratch.resolve("tmp"));
    String name = String.valueOf(NativeLibrary.fileName());
    Files.writeString(broken.resolve(name), "no library");
    Path output = scratch.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                broken + java.io.File.pathSeparator + System.getProperty("java.class.path"),
                StartEngine.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    String said = Files.readString(output);
    assertEquals(0, process.exitValue(), said);
    assertTrue(said.contains("UNAVAILABLE"), said);
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(
          List.of(),
          left.map(file -> file.getFileName().toString())
              .filter(file -> file.contains("webrtc"))
              .toList());
    }
  }

  /** Run in a JVM of its own. */
  static final class StartEngine {
    public static void main(String[] arguments) {
      MediaException failure = assertThrows(MediaException.class, Engine::start);
      System.out.println(failure.reason() + " " + failure.getMessage());
    }
  }
}
