package io.respoke.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.MediaException;
import io.respoke.Tones;
import io.respoke.media.Audio.ArraySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The steps, with frames from memory and no call. */
@Timeout(30)
class IvrLineTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final CallEndedException ended = new CallEndedException(null, "over", null);
  private final IvrLine line = new IvrLine(() -> ended);
  private final AudioSource microphone = line.microphone();
  private final AudioSink speaker = line.speaker();
  private final short[] frame = new short[480];
  @TempDir private Path directory;

  private static ArraySource speech(int frames) {
    return new ArraySource(AudioFormat.MONO_48K, Audio.constant(1_000, frames * 480));
  }

  private void hear(AudioSource source) {
    short[] all = Audio.drain(source, 10_000);
    for (int at = 0; at < all.length; at += 480) {
      speaker.onAudio(new AudioFrame(AudioFormat.MONO_48K, Arrays.copyOfRange(all, at, at + 480)));
    }
  }

  private void press(String keys) {
    hear(Tone.keys(Tones.of(keys)));
  }

  /** A step on a thread of its own. */
  private static final class Step<T> extends FutureTask<T> {
    final Thread thread = new Thread(this);

    Step(Callable<T> step) {
      super(step);
      thread.start();
    }

    Throwable failure() {
      return assertThrows(ExecutionException.class, () -> get(20, TimeUnit.SECONDS)).getCause();
    }
  }

  private interface Blocking {
    void run() throws Exception;
  }

  private static Step<Void> step(Blocking blocking) {
    return new Step<>(
        () -> {
          blocking.run();
          return null;
        });
  }

  /** How many frames with sound are read until the step is over. */
  private int framesDuring(Step<?> step) {
    int frames = 0;
    while (!step.isDone()) {
      Arrays.fill(frame, (short) 0);
      if (microphone.read(frame)) {
        frames++;
      } else {
        Thread.onSpinWait();
      }
    }
    return frames;
  }

  @Test
  void playsToTheEndOneAfterAnother() throws Exception {
    ArraySource first = speech(3);
    ArraySource second = speech(4);
    Step<Void> step =
        step(
            () -> {
              line.play(first);
              line.play(second);
            });
    assertEquals(7, framesDuring(step));
    step.get();
    assertEquals(1, first.closed);
    assertEquals(1, second.closed);
  }

  @Test
  void whatASourceThrowsIsToldAndTheLineGoesOn() throws Exception {
    RuntimeException broken = new IllegalStateException("broken");
    AudioSource source =
        new AudioSource() {
          @Override
          public AudioFormat format() {
            return AudioFormat.MONO_48K;
          }

          @Override
          public boolean read(short[] samples) {
            throw broken;
          }
        };
    Step<Void> step = step(() -> line.play(source));
    framesDuring(step);
    assertSame(broken, step.failure());
    Step<Void> next = step(() -> line.play(speech(2)));
    assertEquals(2, framesDuring(next));
    next.get();
  }

  @Test
  void keysAreKeptForTheStepThatWantsThem() throws Exception {
    press("42#7");
    assertEquals('4', line.key(LONG));
    assertEquals('2', line.key(LONG));
    assertEquals('#', line.key(LONG));
    assertEquals('7', line.key(LONG));
    assertEquals(IvrLine.NONE, line.key(SHORT));
    press("5");
    line.forgetKeys();
    assertEquals(IvrLine.NONE, line.key(Duration.ZERO));
    assertEquals(0, line.droppedKeys());
  }

  @Test
  void aKeyThatIsWaitedForComes() throws Exception {
    Step<Character> step = new Step<>(() -> line.key(LONG));
    press("9");
    assertEquals('9', step.get());
  }

  @Test
  void keysThatNobodyWantsAreBounded() throws Exception {
    press("1".repeat(50));
    press("2".repeat(53));
    assertEquals(3, line.droppedKeys());
    for (int i = 0; i < IvrLine.MAX_KEYS; i++) {
      assertEquals(i < 50 ? '1' : '2', line.key(LONG));
    }
    assertEquals(IvrLine.NONE, line.key(SHORT));
  }

  @Test
  void aKeyStopsTheQuestionAndIsKept() throws Exception {
    ArraySource question = speech(1_000_000 / 480);
    Step<Void> step = step(() -> line.playUntilKey(question));
    while (!microphone.read(frame)) {
      Thread.onSpinWait();
    }
    press("3");
    step.get();
    microphone.read(frame);
    assertEquals(1, question.closed);
    assertEquals('3', line.key(LONG));
    Step<Void> whole = step(() -> line.playUntilKey(speech(5)));
    assertEquals(5, framesDuring(whole));
    whole.get();
  }

  @Test
  void whoTypesAheadHearsNoQuestion() throws Exception {
    press("1");
    ArraySource question = speech(5);
    line.playUntilKey(question);
    assertFalse(microphone.read(frame));
    assertEquals(1, question.closed);
    assertEquals('1', line.key(LONG));
  }

  @Test
  void recordsUntilAStopKey() throws Exception {
    Path file = directory.resolve("said.wav");
    press("#");
    Step<Duration> step = new Step<>(() -> line.record(file, LONG, "*#"));
    while (step.thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    hear(Tone.of(300, -20, Duration.ofMillis(500)));
    press("5*");
    Duration length = step.get();
    assertTrue(length.compareTo(Duration.ofMillis(650)) > 0, length::toString);
    short[] recorded = Audio.drain(WavFile.open(file), 10_000);
    assertEquals(length.toMillis() * 48, recorded.length);
    assertEquals(IvrLine.NONE, line.key(SHORT));
  }

  @Test
  void recordsNoLongerThanAllowed() throws Exception {
    Path file = directory.resolve("long.wav");
    Step<Duration> step = new Step<>(() -> line.record(file, Duration.ofSeconds(15), ""));
    while (!step.isDone()) {
      hear(Tone.of(300, -20, Duration.ofSeconds(1)));
    }
    assertTrue(step.get().compareTo(Duration.ofSeconds(15)) >= 0);
    WavFile.open(file).close();
    assertEquals(Duration.ZERO, line.record(file, SHORT, ""));
  }

  @Test
  void whatCannotBeRecordedIsTold() {
    Path nowhere = directory.resolve("no").resolve("such.wav");
    assertThrows(MediaException.class, () -> line.record(nowhere, LONG, ""));
  }

  @Test
  void theEndOfTheCallEndsEveryStep() throws Exception {
    Path file = directory.resolve("cut.wav");
    Step<Duration> recording = new Step<>(() -> line.record(file, LONG, ""));
    ArraySource prompt = speech(1_000);
    Step<Void> playing = step(() -> line.play(prompt));
    while (!microphone.read(frame)) {
      Thread.onSpinWait();
    }
    hear(Tone.of(300, -20, Duration.ofMillis(100)));
    speaker.close();
    microphone.close();
    assertSame(ended, recording.failure());
    assertSame(ended, playing.failure());
    assertEquals(1, prompt.closed);
    WavFile.open(file).close();
    assertThrows(CallEndedException.class, () -> line.key(LONG));
    assertThrows(CallEndedException.class, () -> line.playUntilKey(speech(1)));
    ArraySource late = speech(1);
    assertThrows(CallEndedException.class, () -> line.play(late));
    assertEquals(1, late.closed);
    assertThrows(CallEndedException.class, () -> line.record(file, LONG, ""));
  }

  @Test
  void anInterruptedStepEndsAndTheLineGoesOn() throws Exception {
    ArraySource prompt = speech(1_000);
    Step<Void> playing = step(() -> line.play(prompt));
    while (!microphone.read(frame)) {
      Thread.onSpinWait();
    }
    playing.thread.interrupt();
    assertInstanceOf(InterruptedException.class, playing.failure());
    assertFalse(microphone.read(frame));
    assertEquals(1, prompt.closed);
    Step<Character> waiting = new Step<>(() -> line.key(LONG));
    waiting.thread.interrupt();
    assertInstanceOf(InterruptedException.class, waiting.failure());
    Path file = directory.resolve("interrupted.wav");
    Step<Duration> recording = new Step<>(() -> line.record(file, LONG, ""));
    recording.thread.interrupt();
    assertInstanceOf(InterruptedException.class, recording.failure());
    WavFile.open(file).close();
    Step<Void> next = step(() -> line.play(speech(2)));
    assertEquals(2, framesDuring(next));
    next.get();
  }
}
