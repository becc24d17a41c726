package io.respoke.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
  @ParameterizedTest
  @CsvSource({
    "8000, 1, 440",
    "8000, 1, 3000",
    "16000, 2, 1000",
    "32000, 1, 5000",
    "44100, 2, 440",
    "44100, 1, 10000"
  })
  void keepsPitchAndLoudness(int rate, int channels, double frequency) {
    Resampler resampler = new Resampler(rate, channels);
    int perFrame = rate / 100;
    double in = 0;
    double energy = 0;
    double sine = 0;
    double cosine = 0;
    long out = 0;
    for (int frame = 0; frame < 100; frame++) {
      short[] samples = new short[perFrame * channels];
      for (int i = 0; i < perFrame; i++) {
        double angle = 2 * Math.PI * frequency * (frame * perFrame + i) / rate;
        samples[i * channels] = (short) Math.round(8000 * Math.sin(angle));
        if (channels == 2) {
          samples[i * channels + 1] = (short) -samples[i * channels];
        }
      }
      short[] resampled = resampler.resample(samples);
      assertEquals(480 * channels, resampled.length);
      for (int i = 0; i < 480; i++) {
        double value = resampled[i * channels];
        if (channels == 2) {
          assertEquals(-value, resampled[i * channels + 1], 1);
        }
        if (frame > 0) {
          double angle = 2 * Math.PI * frequency * out / 48_000;
          sine += value * Math.sin(angle);
          cosine += value * Math.cos(angle);
          energy += value * value;
          in += 8000.0 * 8000 / 2;
        }
        out++;
      }
    }
    double purity = 2 * (sine * sine + cosine * cosine) / (out - 480) / energy;
    assertTrue(purity > 0.99, "purity " + purity);
    assertEquals(1, energy / in, 0.03);
  }

  @Test
  void aConstantStaysAndNothingOverflows() {
    Resampler resampler = new Resampler(8000, 1);
    short[] loud = new short[80];
    java.util.Arrays.fill(loud, Short.MAX_VALUE);
    resampler.resample(loud);
    for (short sample : resampler.resample(loud)) {
      assertTrue(sample > Short.MAX_VALUE - 100, "sample " + sample);
    }
  }

  @Test
  void whatIsAt48kHzNeedsNone() {
    assertNull(Resampler.to48k(48_000, 2));
    assertThrows(IllegalArgumentException.class, () -> new Resampler(96_000, 1));
  }
}
