package io.respoke.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.MediaException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitVoiceTest {
  /** How often a frequency begins anew. */
  private static int bursts(short[] sound, int hertz) {
    int bursts = 0;
    boolean on = false;
    for (int at = 0; at + 480 <= sound.length; at += 480) {
      boolean now = Audio.amplitude(sound, at, at + 480, 48_000, hertz) > 2_000;
      bursts += now && !on ? 1 : 0;
      on = now;
    }
    return bursts;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0",
    "2, 2, 0",
    "3, 3, 0",
    "4, 4, 0",
    "5, 5, 0",
    "6, 6, 0",
    "7, 7, 0",
    "8, 8, 0",
    "9, 9, 0",
    "0, 10, 0",
    "*, 0, 1",
    "#, 0, 2"
  })
  void tonesCanBeCounted(char digit, int high, int low) {
    short[] sound = Audio.drain(DigitVoice.beeps().say(digit), 500);
    assertEquals(high, bursts(sound, DigitTones.HIGH_HERTZ));
    assertEquals(low, bursts(sound, DigitTones.LOW_HERTZ));
    assertEquals("", new ToneDetector(AudioFormat.MONO_48K).detect(sound));
  }

  @Test
  void recordingsAreFoundByName(@TempDir Path directory) {
    List<String> names = List.of("7.wav", "star.wav", "pound.wav");
    for (int i = 0; i < 3; i++) {
      WavRecorder file = WavRecorder.create(directory.resolve(names.get(i)));
      file.onAudio(new AudioFrame(AudioFormat.MONO_48K, Audio.constant(i + 1, 480)));
      file.close();
    }
    DigitVoice voice = DigitVoice.recordings(directory);
    for (int i = 0; i < 3; i++) {
      short[] sound = Audio.drain(voice.say("7*#".charAt(i)), 1);
      assertArrayEquals(Audio.constant(i + 1, 480), Arrays.copyOf(sound, 480));
    }
    MediaException missing = assertThrows(MediaException.class, () -> voice.say('8'));
    assertTrue(String.valueOf(missing.getMessage()).contains("8.wav"), missing::getMessage);
  }
}
