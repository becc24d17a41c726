package io.respoke.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Tones;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToneTest {
  @ParameterizedTest
  @CsvSource({"440, 0, 32767", "1000, -20, 3276.7", "20, -6.0206, 16383.5", "23000, -40, 327.67"})
  void aSineHasItsFrequencyAndLevel(double hertz, double level, double amplitude) {
    short[] heard = Audio.drain(Tone.of(hertz, level, Duration.ofSeconds(1)), 100);
    assertEquals(48_000, heard.length);
    assertEquals(amplitude, Audio.amplitude(heard, 0, 48_000, 48_000, hertz), amplitude / 200);
    assertEquals(amplitude / Math.sqrt(2), Audio.rms(heard, 0, 48_000), amplitude / 200);
  }

  @Test
  void anEndlessOneGoesOnWithoutASeam() {
    Tone tone = Tone.endless(440, -10);
    short[] second = new short[48_000];
    short[] frame = new short[480];
    for (int i = 0; i < 100; i++) {
      assertTrue(tone.read(frame));
      System.arraycopy(frame, 0, second, i * 480, 480);
    }
    assertArrayEquals(Audio.drain(Tone.of(440, -10, Duration.ofSeconds(1)), 100), second);
  }

  @Test
  void theLastFrameIsFilledUpWithSilence() {
    short[] heard = Audio.drain(Tone.of(1000, 0, Duration.ofMillis(15)), 2);
    assertEquals(960, heard.length);
    assertTrue(Audio.rms(heard, 480, 720) > 20_000);
    assertEquals(0, Audio.rms(heard, 720, 960));
  }

  @Test
  void keysArePairsWithGaps() {
    Tones tones = new Tones("5,#", Duration.ofMillis(100), Duration.ofMillis(50));
    short[] heard = Audio.drain(Tone.keys(tones, -6.0206), 300);
    assertEquals(48 * (100 + 50 + 2000 + 100 + 50), heard.length);
    assertEquals(8192, Audio.amplitude(heard, 0, 4800, 48_000, 770), 400);
    assertEquals(8192, Audio.amplitude(heard, 0, 4800, 48_000, 1336), 400);
    assertEquals(0, Audio.rms(heard, 4800, 48 * 2150));
    assertEquals(8192, Audio.amplitude(heard, 48 * 2150, 48 * 2250, 48_000, 941), 400);
    assertEquals(8192, Audio.amplitude(heard, 48 * 2150, 48 * 2250, 48_000, 1477), 400);
    assertEquals(0, Audio.rms(heard, 48 * 2250, 48 * 2300));
  }

  @Test
  void silenceHasALength() {
    assertArrayEquals(new short[480 * 25], Audio.drain(Silence.of(Duration.ofMillis(250)), 25));
    assertEquals(0, Audio.drain(Silence.of(Duration.ZERO), 0).length);
    assertThrows(IllegalArgumentException.class, () -> Silence.of(Duration.ofMillis(-1)));
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    Duration second = Duration.ofSeconds(1);
    for (double hertz : new double[] {0, -1, 24_000, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Tone.of(hertz, -10, second));
    }
    for (double level : new double[] {0.1, -96.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Tone.of(440, level, second));
      assertThrows(IllegalArgumentException.class, () -> Tone.keys(Tones.of("1"), level));
    }
    assertThrows(IllegalArgumentException.class, () -> Tone.of(440, 0, second.negated()));
  }
}
