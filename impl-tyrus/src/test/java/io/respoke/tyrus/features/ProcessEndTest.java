package io.respoke.tyrus.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("E7 daemons")
@Tag("slow") // each test is a JVM
class ProcessEndTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aConnectedClientKeepsNoJvmAlive() throws Exception {
    Process forgetful =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ForgottenClient.class.getName(),
                stage.service.baseUrl().toString(),
                stage.service.app().id())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertTrue(forgetful.waitFor(60, TimeUnit.SECONDS), "it is kept alive");
      String said =
          new String(forgetful.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertEquals("connected", said);
      assertEquals(0, forgetful.exitValue());
    } finally {
      forgetful.destroyForcibly();
    }
  }
}
