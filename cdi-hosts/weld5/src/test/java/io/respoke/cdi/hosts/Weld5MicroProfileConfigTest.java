package io.respoke.cdi.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.cdi.suite.se.BadInputSuite;
import io.respoke.cdi.suite.se.SeApplication;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configuration from files that MicroProfile Config reads; without Quarkus. */
class Weld5MicroProfileConfigTest {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @TempDir Path files;

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  private SeApplication start(Map<String, String> systemProperties, String... lines)
      throws IOException {
    Path file = files.resolve("META-INF/microprofile-config.properties");
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
    URL[] path = {files.toUri().toURL()};
    Thread.currentThread().setContextClassLoader(new URLClassLoader(path, before));
    return SeApplication.start(systemProperties, BadInputSuite.Injects.class);
  }

  @Test
  void aFileOfTheApplicationIsReadAndSystemPropertiesWin() throws Exception {
    try (SeApplication application =
        start(
            Map.of("respoke.endpointId", "from the system"),
            "host=respoke.example.com",
            "respoke.base-url=https://${host}",
            "respoke.endpointId=from the file",
            "respoke.request-timeout=7s",
            "respoke.connect=manual")) {
      ClientOptions options = application.get(Client.class).options();
      assertEquals("https://respoke.example.com", options.baseUrl().toString());
      assertEquals("from the system", options.endpointId().orElseThrow());
      assertEquals(Duration.ofSeconds(7), options.requestTimeout());
    }
  }

  @Test
  void aMistakeIsToldWithTheFileItIsIn() {
    RuntimeException failure =
        assertThrows(
            RuntimeException.class,
            () ->
                start(
                        Map.of(),
                        "respoke.baseUrl=https://respoke.example.com",
                        "respoke.connect=soon")
                    .close());
    String said = String.valueOf(failure.getMessage());
    assertTrue(said.contains("respoke.connect = \"soon\" (from "), said);
    assertTrue(said.contains("microprofile-config.properties"), said);
  }
}
