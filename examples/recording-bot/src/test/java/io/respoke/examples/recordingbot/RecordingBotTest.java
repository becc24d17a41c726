package io.respoke.examples.recordingbot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.media.WavFile;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A call with real sound and real pictures is recorded. */
@Tag("media")
@Timeout(120)
class RecordingBotTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  @TempDir private Path directory;

  private List<Path> files(String suffix) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  /** How many frames of 10 ms have mostly this frequency. */
  private static int frames(Path recording, int hertz) {
    WavFile file = WavFile.open(recording);
    short[] frame = new short[file.format().samplesPerFrame()];
    int channels = file.format().channels();
    int count = file.format().samplesPerChannel();
    int found = 0;
    while (file.read(frame)) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < count; i++) {
        double angle = 2 * Math.PI * hertz * i / file.format().sampleRate();
        re += frame[i * channels] * Math.cos(angle);
        im += frame[i * channels] * Math.sin(angle);
      }
      found += 2 * Math.hypot(re, im) / count > 3_000 ? 1 : 0; // of some 6500
    }
    file.close();
    return found;
  }

  @Test
  void keepsSoundAndPictures(RespokeService service) throws Exception {
    String told = Demo.record(service, directory, out);
    assertTrue(told.matches("recorded [2-9] s"), told);

    List<Path> recordings = files(".wav");
    assertEquals(1, recordings.size());
    int sounding = frames(recordings.get(0), 500);
    assertTrue(sounding > 200 && sounding < 400, "frames of 500 Hz: " + sounding);

    List<Path> pictures = files(".png");
    assertTrue(!pictures.isEmpty(), "no picture");
    BufferedImage picture = ImageIO.read(pictures.get(0).toFile());
    assertEquals(4.0 / 3, (double) picture.getWidth() / picture.getHeight(), 0.02);
    // the sixth of the eight bars is red, whatever the size
    int x = picture.getWidth() * 11 / 16;
    Color bar = new Color(picture.getRGB(x, picture.getHeight() / 2));
    assertTrue(bar.getRed() > 120 && bar.getGreen() < 90 && bar.getBlue() < 90, bar.toString());
  }

  @Test
  void theDemoTellsItsStory() throws Exception {
    RecordingBot.run(new String[] {"--demo"}, Map.of(), out);
    String story = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(story.contains("recording-bot: recording ada"), story);
    assertTrue(story.contains("ada is told: recorded "), story);
    assertTrue(story.contains("recording-bot: ok"), story);
  }
}
