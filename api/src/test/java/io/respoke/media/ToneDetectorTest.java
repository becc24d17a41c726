package io.respoke.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.Tones;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class ToneDetectorTest {
  private static final String ALL = "1234567890*#ABCD";

  /** A line to put sounds on, one after another. */
  private static final class Line {
    final int rate;
    double[] samples;
    int end;

    Line(int rate, double seconds) {
      this.rate = rate;
      samples = new double[(int) (rate * seconds)];
    }

    Line pause(double millis) {
      end += (int) (rate * millis / 1000);
      return this;
    }

    /** Levels as {@link Tone} has them; the twist is how much louder the higher frequency is. */
    Line key(char key, double millis, double level, double twist, double error, double phase) {
      double[] pair = DtmfKey.frequencies(key);
      double low = 1 / (1 + Math.pow(10, twist / 20));
      double peak = Short.MAX_VALUE * Math.pow(10, level / 20);
      int length = (int) (rate * millis / 1000);
      for (int i = 0; i < length; i++) {
        double t = 2 * Math.PI * (1 + error) * i / rate;
        samples[end + i] +=
            peak * (low * Math.sin(t * pair[0]) + (1 - low) * Math.sin(t * pair[1] + phase));
      }
      end += length;
      return this;
    }

    Line noise(Random random, double rms) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] += rms * random.nextGaussian();
      }
      return this;
    }

    /** What is found when it comes in pieces of 10 ms. */
    String keys() {
      AudioFormat format = new AudioFormat(rate, 1);
      ToneDetector detector = new ToneDetector(format);
      StringBuilder found = new StringBuilder();
      short[] frame = new short[format.samplesPerFrame()];
      for (int at = 0; at + frame.length <= samples.length; at += frame.length) {
        for (int i = 0; i < frame.length; i++) {
          double clipped = Math.max(-32768, Math.min(32767, samples[at + i]));
          frame[i] = (short) Math.round(clipped);
        }
        found.append(detector.detect(frame));
      }
      return found.toString();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 32_000, 44_100, 48_000})
  void everyKeyIsFoundAtEveryRate(int rate) {
    Line line = new Line(rate, 4).pause(30);
    for (char key : ALL.toCharArray()) {
      line.key(key, 80, -10, 0, 0, 0).pause(60);
    }
    assertEquals(ALL, line.keys());
  }

  static Stream<Arguments> lines() {
    return Stream.of(8_000, 44_100, 48_000)
        .flatMap(
            rate ->
                Stream.of(40, 50, 70, 120)
                    .flatMap(
                        millis ->
                            Stream.of(-3, -12, -20, -30)
                                .map(level -> Arguments.of(rate, millis, level))));
  }

  /** Frequencies, twist, phases and the position among the windows are drawn by lot. */
  @ParameterizedTest
  @MethodSource("lines")
  void shortFaintAndInexactKeysAreFound(int rate, int millis, int level) {
    Random random = new Random(rate + millis + level);
    for (int round = 0; round < 2; round++) {
      StringBuilder sent = new StringBuilder();
      Line line = new Line(rate, 3.5).pause(random.nextDouble() * 20);
      for (int i = 0; i < 16; i++) {
        char key = ALL.charAt(random.nextInt(16));
        sent.append(key);
        double error = (random.nextDouble() * 2 - 1) * 0.015;
        double twist = random.nextDouble() * 9 - 6;
        line.key(key, millis, level, twist, error, random.nextDouble() * 6).pause(50);
        line.pause(random.nextDouble() * 10);
      }
      line.noise(random, 20);
      assertEquals(sent.toString(), line.keys(), "round " + round);
    }
  }

  @Test
  void aKeyAtTheEdgeOfAllRangesIsFound() {
    for (double error : new double[] {-0.015, 0.015}) {
      for (double twist : new double[] {-8, 4}) {
        for (char key : ALL.toCharArray()) {
          Line line = new Line(8_000, 0.2).pause(33).key(key, 40, -30, twist, error, 1);
          assertEquals(String.valueOf(key), line.keys(), key + " " + error + " " + twist);
        }
      }
    }
  }

  @Test
  void keysAreFoundInNoise() {
    Random random = new Random(2);
    for (int round = 0; round < 20; round++) {
      Line line = new Line(48_000, 2.6);
      for (char key : ALL.toCharArray()) {
        line.key(key, 90, -15, 0, 0, random.nextDouble()).pause(60);
      }
      // 12 dB below the keys
      line.noise(random, Short.MAX_VALUE * Math.pow(10, (-15 - 6 - 12) / 20.0));
      assertEquals(ALL, line.keys(), "round " + round);
    }
  }

  @Test
  void oneLongKeyIsOneKeyAndTwoShortOnesAreTwo() {
    assertEquals("7", new Line(8_000, 3).key('7', 2_500, -10, 0, 0, 0).keys());
    Line twice = new Line(8_000, 1).key('7', 60, -10, 0, 0, 0).pause(50);
    assertEquals("77", twice.key('7', 60, -10, 0, 0, 0).keys());
  }

  @Test
  void aDropOutOfTenMillisecondsDoesNotDoubleAKey() {
    for (int before = 60; before < 70; before++) {
      Line line = new Line(8_000, 1).key('4', before, -10, 0, 0, 0).pause(10);
      assertEquals("4", line.key('4', 80, -10, 0, 0, 0).keys(), "after " + before + " ms");
    }
  }

  @Test
  void keysWithoutAGapBetweenThemAreTwo() {
    Line line = new Line(8_000, 1).key('1', 80, -10, 0, 0, 0).key('9', 80, -10, 0, 0, 0);
    assertEquals("19", line.keys());
  }

  @Test
  void whatIsTooShortTooFaintOrTooFarOffIsNoKey() {
    for (char key : ALL.toCharArray()) {
      for (int offset = 0; offset < 6; offset++) {
        assertEquals("", new Line(8_000, 0.2).pause(offset).key(key, 20, -10, 0, 0, 0).keys());
        assertEquals("", new Line(8_000, 0.2).pause(offset).key(key, 23, -10, 0, 0, 0).keys());
      }
      assertEquals("", new Line(8_000, 0.2).key(key, 100, -44, 0, 0, 0).keys());
      assertEquals("", new Line(8_000, 0.2).key(key, 100, -10, 12, 0, 0).keys());
      assertEquals("", new Line(8_000, 0.2).key(key, 100, -10, -14, 0, 0).keys());
      assertEquals("", new Line(8_000, 0.2).key(key, 100, -10, 0, 0.05, 0).keys());
      assertEquals("", new Line(8_000, 0.2).key(key, 100, -10, 0, -0.05, 0).keys());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 48_000})
  void noiseIsNoKey(int rate) {
    for (double level : new double[] {50, 1_000, 8_000}) {
      assertEquals("", new Line(rate, 20).noise(new Random((long) level), level).keys());
    }
  }

  /** Like speech: a pitch that wanders, its harmonics shaped by formants, in syllables. */
  @Test
  void speechLikeSoundIsNoKey() {
    Random random = new Random(8);
    Line line = new Line(8_000, 120);
    int at = 0;
    while (at < line.samples.length - 4_000) {
      double pitch = 80 + random.nextInt(220);
      double glide = (random.nextDouble() - 0.5) * 0.3;
      double[] formants = {
        250 + random.nextInt(600), 900 + random.nextInt(1400), 2400 + random.nextInt(800)
      };
      int length = 600 + random.nextInt(2_400);
      double phase = 0;
      for (int i = 0; i < length; i++) {
        double now = pitch * (1 + glide * i / length);
        phase += 2 * Math.PI * now / line.rate;
        double sample = 0;
        for (int h = 1; h * now < 3_800; h++) {
          double gain = 0.02;
          for (int f = 0; f < 3; f++) {
            double distance = (h * now - formants[f]) / (60 + 40 * f);
            gain += Math.pow(0.6, f) / (1 + distance * distance);
          }
          sample += gain * Math.sin(h * phase);
        }
        line.samples[at + i] = 3_000 * sample * Math.sin(Math.PI * i / length);
      }
      at += length + random.nextInt(800);
    }
    assertEquals("", line.noise(random, 30).keys());
  }

  /** Like music: chords of three to five notes with overtones. */
  @Test
  void musicLikeSoundIsNoKey() {
    Random random = new Random(9);
    Line line = new Line(16_000, 120);
    for (int at = 0; at < line.samples.length - 8_000; at += 2_000 + random.nextInt(6_000)) {
      int notes = 3 + random.nextInt(3);
      for (int note = 0; note < notes; note++) {
        double hertz = 110 * Math.pow(2, random.nextInt(44) / 12.0);
        double level = 1_500 + random.nextInt(1_500);
        int length = 3_000 + random.nextInt(5_000);
        for (int i = 0; i < length; i++) {
          double t = 2 * Math.PI * hertz * i / line.rate;
          line.samples[at + i] +=
              level
                  * (Math.sin(t)
                      + 0.5 * Math.sin(2 * t)
                      + 0.3 * Math.sin(3 * t)
                      + 0.2 * Math.sin(4 * t));
        }
      }
    }
    assertEquals("", line.keys());
  }

  @Test
  void whatToneSendsIsFound() {
    Tones tones = new Tones("0123456789*#", Duration.ofMillis(60), Duration.ofMillis(50));
    short[] sent = Audio.drain(Tone.keys(tones), 200);
    assertEquals("0123456789*#", new ToneDetector(AudioFormat.MONO_48K).detect(sent));
    AudioFormat stereo = new AudioFormat(48_000, 2);
    short[] both = Channels.convert(sent, AudioFormat.MONO_48K, 2);
    assertEquals("0123456789*#", new ToneDetector(stereo).detect(both));
  }

  @Test
  void theSizeOfThePiecesDoesNotMatter() {
    short[] sent = Audio.drain(Tone.keys(Tones.of("13579")), 200);
    Random random = new Random(4);
    for (int round = 0; round < 5; round++) {
      ToneDetector detector = new ToneDetector(AudioFormat.MONO_48K);
      StringBuilder found = new StringBuilder();
      int at = 0;
      while (at < sent.length) {
        int next = Math.min(sent.length, at + random.nextInt(1_500));
        found.append(detector.detect(Arrays.copyOfRange(sent, at, next)));
        at = next;
      }
      assertEquals("13579", found.toString());
    }
  }
}
