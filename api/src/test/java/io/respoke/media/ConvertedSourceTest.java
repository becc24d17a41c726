package io.respoke.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConvertedSourceTest {
  private static final int[] RATES = {8_000, 16_000, 32_000, 44_100, 48_000};

  static Stream<Arguments> pairs() {
    return IntStream.of(RATES)
        .boxed()
        .flatMap(
            from ->
                IntStream.of(RATES)
                    .filter(to -> to != from)
                    .mapToObj(to -> Arguments.of(from, to)));
  }

  private static short[] convert(short[] sound, AudioFormat from, AudioFormat to) {
    AudioSource source = ConvertedSource.of(new Audio.ArraySource(from, sound), to);
    assertEquals(to, source.format());
    return Audio.drain(source, sound.length / from.samplesPerFrame() + 1);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aToneKeepsItsFrequencyAndLevelAndNothingIsAdded(int from, int to) {
    for (double hertz : new double[] {100, 440, 1000, 2500}) {
      short[] sound = Audio.sine(from, hertz, 10_000, from);
      short[] heard = convert(sound, new AudioFormat(from, 1), new AudioFormat(to, 1));
      assertEquals(to + to / 100, heard.length);
      int start = to / 20;
      int end = to - to / 20;
      double amplitude = Audio.amplitude(heard, start, end, to, hertz);
      assertEquals(10_000, amplitude, 100, hertz + " Hz");
      double all = Audio.rms(heard, start, end);
      double rest = Math.sqrt(Math.max(0, all * all - amplitude * amplitude / 2));
      assertTrue(rest < 10_000 / 150.0, hertz + " Hz leave " + rest);
    }
  }

  @Test
  void whatTheLowerRateCannotHoldIsTakenAway() {
    short[] sound = Audio.sine(48_000, 6_000, 20_000, 48_000);
    short[] heard = convert(sound, AudioFormat.MONO_48K, new AudioFormat(8_000, 1));
    double left = Audio.rms(heard, 400, 7_600);
    assertTrue(left < 100, "left: " + left);
  }

  @Test
  void nothingIsLostAtTheEnd() {
    short[] click = new short[80];
    click[79] = 20_000;
    short[] heard = convert(click, new AudioFormat(8_000, 1), AudioFormat.MONO_48K);
    assertEquals(960, heard.length);
    int sum = 0;
    for (short sample : heard) {
      sum += sample;
    }
    assertEquals(20_000 * 6, sum, 2_000);
  }

  @Test
  void channelsAreConvertedWithAndWithoutTheRate() {
    short[] mono = Audio.random(1, 480 * 3);
    AudioFormat stereo = new AudioFormat(48_000, 2);
    short[] two = convert(mono, AudioFormat.MONO_48K, stereo);
    assertEquals(2 * mono.length, two.length);
    assertArrayEquals(mono, convert(two, stereo, AudioFormat.MONO_48K));

    short[] apart = new short[2 * 8_000];
    short[] left = Audio.sine(8_000, 440, 8_000, 8_000);
    short[] right = Audio.sine(8_000, 1000, 4_000, 8_000);
    for (int i = 0; i < 8_000; i++) {
      apart[2 * i] = left[i];
      apart[2 * i + 1] = right[i];
    }
    short[] mixed = convert(apart, new AudioFormat(8_000, 2), AudioFormat.MONO_48K);
    assertEquals(4_000, Audio.amplitude(mixed, 4_800, 43_200, 48_000, 440), 50);
    assertEquals(2_000, Audio.amplitude(mixed, 4_800, 43_200, 48_000, 1000), 50);
  }

  @Test
  void theSameShapeIsLeftAlone() {
    Audio.ArraySource source = new Audio.ArraySource(AudioFormat.MONO_48K, new short[480]);
    assertSame(source, ConvertedSource.of(source, AudioFormat.MONO_48K));
    ConvertedSource.of(source, new AudioFormat(8_000, 1)).close();
    assertEquals(1, source.closed);
  }
}
