package io.respoke.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.OverflowException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlaylistTest {
  private final Playlist playlist = new Playlist();
  private final short[] frame = new short[480];

  private static Audio.ArraySource sound(int value, int frames) {
    return new Audio.ArraySource(AudioFormat.MONO_48K, Audio.constant(value, 480 * frames));
  }

  private static <T> T result(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void hears(int value) {
    assertTrue(playlist.read(frame));
    assertArrayEquals(Audio.constant(value, 480), frame);
  }

  @Test
  void sourcesArePlayedOneAfterAnotherWithoutAGap() throws Exception {
    Audio.ArraySource first = sound(1, 2);
    Audio.ArraySource second = sound(2, 1);
    assertFalse(playlist.read(frame));
    assertTrue(playlist.isEmpty());
    CompletionStage<Boolean> one = playlist.add(first);
    CompletionStage<Boolean> two = playlist.add(second);
    assertFalse(playlist.isEmpty());
    hears(1);
    hears(1);
    assertEquals(0, first.closed);
    hears(2);
    assertTrue(result(one));
    assertEquals(1, first.closed);
    assertFalse(two.toCompletableFuture().isDone());
    assertFalse(playlist.read(frame));
    assertTrue(result(two));
    assertEquals(1, second.closed);
    assertTrue(playlist.isEmpty());
    playlist.add(sound(3, 1));
    hears(3);
  }

  @Test
  void otherShapesAreConverted() throws Exception {
    short[] tone = Audio.sine(8_000, 440, 10_000, 8_000);
    playlist.add(new Audio.ArraySource(new AudioFormat(8_000, 1), tone));
    short[] heard = Audio.drain(playlist, 101);
    assertEquals(10_000, Audio.amplitude(heard, 4_800, 43_200, 48_000, 440), 100);
  }

  @Test
  void skippingEndsAllThatIsThere() throws Exception {
    Audio.ArraySource first = sound(1, 5);
    Audio.ArraySource second = sound(2, 5);
    CompletionStage<Boolean> one = playlist.add(first);
    CompletionStage<Boolean> two = playlist.add(second);
    hears(1);
    playlist.skip();
    CompletionStage<Boolean> three = playlist.add(sound(3, 1));
    assertFalse(result(two));
    hears(3);
    assertFalse(result(one));
    assertFalse(playlist.read(frame));
    assertTrue(result(three));
    assertEquals(1, first.closed);
    assertEquals(1, second.closed);
    playlist.skip();
  }

  @Test
  void closingEndsAllThatIsThereAndAllThatComes() throws Exception {
    Audio.ArraySource first = sound(1, 5);
    Audio.ArraySource second = sound(2, 5);
    Audio.ArraySource late = sound(3, 5);
    CompletionStage<Boolean> one = playlist.add(first);
    CompletionStage<Boolean> two = playlist.add(second);
    hears(1);
    playlist.close();
    assertFalse(result(one));
    assertFalse(result(two));
    assertFalse(result(playlist.add(late)));
    assertFalse(playlist.read(frame));
    playlist.close();
    assertEquals(List.of(1, 1, 1), List.of(first.closed, second.closed, late.closed));
  }

  @Test
  void aSourceThatThrowsIsPassedOver() throws Exception {
    IllegalStateException trouble = new IllegalStateException("no more");
    CompletionStage<Boolean> broken =
        playlist.add(
            new AudioSource() {
              @Override
              public AudioFormat format() {
                return AudioFormat.MONO_48K;
              }

              @Override
              public boolean read(short[] samples) {
                samples[0] = 77;
                throw trouble;
              }
            });
    CompletionStage<Boolean> next = playlist.add(sound(2, 1));
    hears(2);
    assertFalse(playlist.read(frame));
    assertSame(trouble, assertThrows(ExecutionException.class, () -> result(broken)).getCause());
    assertTrue(result(next));
  }

  @Test
  void tooManyAreRefused() {
    List<Audio.ArraySource> sources = new ArrayList<>();
    for (int i = 0; i < Playlist.LIMIT; i++) {
      sources.add(sound(1, 1));
      playlist.add(sources.get(i));
    }
    Audio.ArraySource more = sound(2, 1);
    assertThrows(OverflowException.class, () -> playlist.add(more));
    assertEquals(0, more.closed);
    playlist.close();
    assertEquals(Playlist.LIMIT, sources.stream().mapToInt(source -> source.closed).sum());
  }

  @Test
  void stagesAreNotCompletedOnTheThreadThatReads() throws Exception {
    Thread reader = Thread.currentThread();
    CompletionStage<Thread> told =
        playlist.add(Silence.of(Duration.ofMillis(10))).thenApply(done -> Thread.currentThread());
    assertTrue(playlist.read(frame));
    assertFalse(playlist.read(frame));
    Thread teller = result(told);
    assertFalse(teller.equals(reader));
    assertTrue(teller.isDaemon());
  }

  @Test
  void whatIsSkippedWhileItIsReadIsSkippedOnce() throws Exception {
    Playlist busy = new Playlist();
    Thread reader =
        new Thread(
            () -> {
              short[] samples = new short[480];
              while (!Thread.currentThread().isInterrupted()) {
                busy.read(samples);
              }
            });
    reader.start();
    List<Audio.ArraySource> sources = new ArrayList<>();
    List<CompletionStage<Boolean>> stages = new ArrayList<>();
    try {
      for (int i = 0; i < 3000; i++) {
        Audio.ArraySource source = sound(1, i % 4);
        sources.add(source);
        stages.add(busy.add(source));
        if (i % 3 == 0) {
          busy.skip();
        }
        if (i % 500 == 499) {
          result(stages.get(i));
        }
      }
      for (CompletionStage<Boolean> stage : stages) {
        result(stage);
      }
    } finally {
      reader.interrupt();
      reader.join(10_000);
    }
    assertTrue(sources.stream().allMatch(source -> source.closed == 1));
  }
}
