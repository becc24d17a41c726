package io.respoke.examples.cdibot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CdiBotTest {
  @Test
  void theDemoTellsItsStory() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CdiBot.demo(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertEquals(
        String.format(
            "cdi-bot: ada hears: welcome to the lobby, ada%n"
                + "cdi-bot: the container runs: true%ncdi-bot: ok%n"),
        bytes.toString(StandardCharsets.UTF_8));
  }
}
