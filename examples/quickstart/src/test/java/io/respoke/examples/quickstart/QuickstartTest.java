package io.respoke.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
  private static final List<String> STORY =
      List.of(
          "service listens on http://127\\.0\\.0\\.1:\\d+",
          "alice asks the broker for a token, attempt 1",
          "alice is connected as connection \\S+",
          "bob asks the broker for a token, attempt 1",
          "alice sees that bob is available",
          "bob answers alice: you said: hello",
          "alice sees bob join bridge",
          "bob hears in the group: all hands",
          "alice sees bob leave",
          "alice's connection is cut",
          "alice is back after \\d+ ms with groups \\[bridge\\] and observers \\[bob\\]",
          "alice gets what she missed: anyone\\?",
          "alice sees that bob is away",
          "bob has logged out",
          "quickstart: ok");

  /** In a JVM of its own, so that a thread that keeps it from ending would be seen. */
  @Test
  void tellsTheWholeStoryAndEnds(@TempDir Path directory) throws Exception {
    Path output = directory.resolve("output.txt");
    Process quickstart =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Quickstart.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(quickstart.waitFor(60, TimeUnit.SECONDS), () -> "still running: " + text(output));
      assertEquals(0, quickstart.exitValue(), () -> text(output));
    } finally {
      quickstart.destroyForcibly();
    }
    Iterator<String> lines = text(output).lines().iterator();
    for (String expected : STORY) {
      boolean told = false;
      while (!told && lines.hasNext()) {
        told = lines.next().matches(expected);
      }
      assertTrue(told, () -> expected + " is not told, or not in this order:\n" + text(output));
    }
    assertTrue(!lines.hasNext(), () -> "there is more after the end:\n" + text(output));
  }

  private static String text(Path output) {
    try {
      return Files.readString(output);
    } catch (java.io.IOException e) {
      return "no output: " + e;
    }
  }
}
