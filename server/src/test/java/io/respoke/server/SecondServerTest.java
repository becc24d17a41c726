package io.respoke.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one data directory. */
@Tag("slow")
class SecondServerTest {
  @TempDir Path directory;

  @Test
  void theSecondOneEndsAndSaysWhyAndTheFirstGoesOn() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("x.properties"), "app.id=a\napp.secret=0123456789abcdef\n");
    String data = directory.resolve("data").toString();
    String[] arguments = {"--config", config.toString(), "--data", data, "--port", "0"};
    try (ServerProcess first = ServerProcess.start(arguments)) {
      var unused = first.baseUrl();
      try (ServerProcess second = ServerProcess.start(arguments)) {
        assertEquals(1, second.await());
        String said = assertThrows(ExecutionException.class, second::baseUrl).getMessage();
        assertTrue(said.contains("the data directory " + data + " is in use by another"), said);
      }
      assertEquals(200, first.http("GET", "/health/ready", null, "Accept", "*/*").statusCode());
    }
  }
}
