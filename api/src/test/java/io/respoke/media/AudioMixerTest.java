package io.respoke.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.media.AudioMixer.Participant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioMixerTest {
  private final AudioMixer mixer = new AudioMixer();
  private final short[] frame = new short[480];

  /** Somebody whose call has begun to ask. */
  private Participant join() {
    Participant participant = mixer.join();
    assertFalse(participant.microphone().read(frame));
    return participant;
  }

  private static void say(Participant participant, int value) {
    participant.speaker().onAudio(new AudioFrame(AudioFormat.MONO_48K, Audio.constant(value, 480)));
  }

  private void hears(Participant participant, int value) {
    assertTrue(participant.microphone().read(frame));
    assertArrayEquals(Audio.constant(value, 480), frame);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 3, 6",
    "32767, 1, 0, 32767",
    "-32768, -1, 0, -32768",
    "32767, 32767, -32768, 32766",
    "-32768, -32768, -32768, -32768"
  })
  void sumsSaturateOnlyAtTheEnd(int a, int b, int c, int sum) {
    short[] mixed = Audio.constant(99, 3);
    AudioMixer.mix(
        List.of(Audio.constant(a, 3), Audio.constant(b, 3), Audio.constant(c, 3)), mixed);
    assertArrayEquals(Audio.constant(sum, 3), mixed);
  }

  @Test
  void nothingMakesSilence() {
    short[] mixed = Audio.constant(99, 3);
    AudioMixer.mix(List.of(), mixed);
    assertArrayEquals(new short[3], mixed);
  }

  @Test
  void eachHearsTheSumOfTheOthers() {
    Random random = new Random(3);
    List<Participant> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(join());
    }
    assertEquals(5, mixer.size());
    for (int round = 0; round < 50; round++) {
      int[] said = random.ints(5, -5_000, 5_000).toArray();
      int total = 0;
      for (int i = 0; i < 5; i++) {
        say(all.get(i), said[i]);
        total += said[i];
      }
      for (int i = 0; i < 5; i++) {
        hears(all.get(i), total - said[i]);
      }
    }
    assertFalse(all.get(0).microphone().read(frame));
    assertEquals(0, mixer.dropped());
  }

  @Test
  void aSlowListenerLosesTheOldestAndNobodyElseDoes() {
    Participant speaker = join();
    Participant slow = join();
    Participant quick = join();
    for (int i = 1; i <= 25; i++) {
      say(speaker, i);
      hears(quick, i);
    }
    for (int i = 16; i <= 25; i++) {
      hears(slow, i);
    }
    assertFalse(slow.microphone().read(frame));
    assertEquals(15, mixer.dropped());
  }

  @Test
  void nothingIsKeptForACallThatDoesNotAskYet() {
    Participant speaker = join();
    Participant late = mixer.join();
    for (int i = 1; i <= 25; i++) {
      say(speaker, i);
    }
    assertFalse(late.microphone().read(frame));
    assertEquals(0, mixer.dropped());
    say(speaker, 26);
    hears(late, 26);
  }

  @Test
  void whoeverLeavesIsNeitherHeardNorFed() {
    Participant alice = join();
    Participant bob = join();
    Participant carol = join();
    say(alice, 1);
    say(bob, 2);
    alice.speaker().close();
    alice.microphone().close();
    assertEquals(2, mixer.size());
    say(alice, 5);
    hears(carol, 2);
    assertFalse(bob.microphone().read(frame));
    assertFalse(alice.microphone().read(frame));
    say(carol, 3);
    hears(bob, 3);
    assertFalse(alice.microphone().read(frame));
  }

  @Test
  void twoChannelsBecomeOneAndOtherRatesAreRefused() {
    Participant alice = join();
    Participant bob = join();
    AudioFormat stereo = new AudioFormat(48_000, 2);
    alice.speaker().onAudio(new AudioFrame(stereo, Audio.constant(40, 960)));
    hears(bob, 40);
    AudioFrame slow = new AudioFrame(new AudioFormat(8_000, 1), new short[80]);
    assertThrows(IllegalArgumentException.class, () -> alice.speaker().onAudio(slow));
  }
}
