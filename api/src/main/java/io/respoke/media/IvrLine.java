package io.respoke.media;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Ivr} says and hears, without the call: the steps block one thread, media threads
 * bring and take frames. Ends of the call are learnt from its closing either end.
 */
final class IvrLine {
  /** How many keys may wait for a step that wants them. */
  static final int MAX_KEYS = 100;

  /** No key. */
  static final char NONE = 0;

  private final Playlist prompts = new Playlist();
  private final ReentrantLock lock = new ReentrantLock(); // never held while anybody is called
  private final Condition changed = lock.newCondition();
  private final Deque<Character> keys = new ArrayDeque<>();
  private long droppedKeys;
  private @Nullable Recording recording;
  private boolean over;
  private final Supplier<CallEndedException> ended;

  IvrLine(Supplier<CallEndedException> ended) {
    this.ended = ended;
  }

  /** One recording under way. Its stop is set under the lock. */
  private static final class Recording {
    final WavRecorder file;
    final Duration max;
    final String stopKeys;
    boolean stopped;
    @Nullable RuntimeException failure;

    Recording(WavRecorder file, Duration max, String stopKeys) {
      this.file = file;
      this.max = max;
      this.stopKeys = stopKeys;
    }
  }

  // --- the ends, for the media threads

  AudioSource microphone() {
    return new AudioSource() {
      @Override
      public AudioFormat format() {
        return prompts.format();
      }

      @Override
      public boolean read(short[] samples) {
        return prompts.read(samples);
      }

      @Override
      public void close() {
        end(); // first, so that a step that finds its prompt closed finds the call ended
        prompts.close();
      }
    };
  }

  AudioSink speaker() {
    return new Speaker();
  }

  private final class Speaker implements AudioSink {
    private @Nullable AudioFormat format;
    private @Nullable ToneDetector detector;

    @Override
    public void onAudio(AudioFrame frame) {
      ToneDetector listening = detector;
      if (listening == null || !frame.format().equals(format)) {
        listening = new ToneDetector(frame.format());
        detector = listening;
        format = frame.format();
      }
      String pressed = listening.detect(frame.samples());
      Recording now = recording();
      if (now != null) {
        record(now, frame);
      }
      for (int i = 0; i < pressed.length(); i++) {
        pressed(pressed.charAt(i));
      }
    }

    @Override
    public void close() {
      end();
    }
  }

  private @Nullable Recording recording() {
    lock.lock();
    try {
      return recording;
    } finally {
      lock.unlock();
    }
  }

  private void record(Recording now, AudioFrame frame) {
    RuntimeException failure = null;
    try {
      now.file.onAudio(frame);
    } catch (RuntimeException e) {
      failure = e;
    }
    if (failure != null || now.file.duration().compareTo(now.max) >= 0) {
      lock.lock();
      try {
        now.stopped = true;
        now.failure = failure;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void pressed(char key) {
    lock.lock();
    try {
      if (recording != null) {
        recording.stopped |= recording.stopKeys.indexOf(key) >= 0;
      } else if (keys.size() < MAX_KEYS) {
        keys.add(key);
      } else {
        droppedKeys++;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // --- the steps

  void play(AudioSource source) throws InterruptedException {
    untilPlayed(source, false);
  }

  /** Until its end or a key; not at all when a key waits. */
  void playUntilKey(AudioSource source) throws InterruptedException {
    untilPlayed(source, true);
  }

  private void untilPlayed(AudioSource source, boolean orKey) throws InterruptedException {
    CompletableFuture<Boolean> played = new CompletableFuture<>();
    prompts
        .add(source)
        .whenComplete(
            (toTheEnd, failure) -> {
              if (failure == null) {
                played.complete(toTheEnd);
              } else {
                played.completeExceptionally(failure);
              }
              wake();
            });
    boolean key = false;
    lock.lock();
    try {
      while (!played.isDone() && !key) {
        key = orKey && !keys.isEmpty();
        if (!key) {
          changed.await();
        }
      }
    } catch (InterruptedException e) {
      prompts.skip();
      throw e;
    } finally {
      lock.unlock();
    }
    if (key) {
      prompts.skip();
    } else if (!result(played)) {
      throw ended.get();
    }
  }

  private static boolean result(CompletableFuture<Boolean> played) {
    try {
      return played.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  /** The next key, or {@link #NONE} after the timeout. */
  char key(Duration timeout) throws InterruptedException {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (keys.isEmpty()) {
        if (over) {
          throw ended.get();
        }
        if (left <= 0) {
          return NONE;
        }
        left = changed.awaitNanos(left);
      }
      return keys.remove();
    } finally {
      lock.unlock();
    }
  }

  void forgetKeys() {
    lock.lock();
    try {
      keys.clear();
    } finally {
      lock.unlock();
    }
  }

  long droppedKeys() {
    lock.lock();
    try {
      return droppedKeys;
    } finally {
      lock.unlock();
    }
  }

  Duration record(Path path, Duration max, String stopKeys) throws InterruptedException {
    WavRecorder file = WavRecorder.create(path);
    try (file) {
      untilRecorded(new Recording(file, max, stopKeys));
    }
    return file.duration();
  }

  private void untilRecorded(Recording now) throws InterruptedException {
    lock.lock();
    try {
      keys.clear();
      recording = now;
      long left = now.max.toNanos();
      while (!now.stopped && left > 0) {
        if (over) {
          throw ended.get();
        }
        left = changed.awaitNanos(left);
      }
      if (now.failure != null) {
        throw now.failure;
      }
    } finally {
      recording = null;
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
