package io.respoke.media;

import io.respoke.OverflowException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A microphone that plays sources one after another, and silence while there is none. A source is
 * over with the first {@link AudioSource#read} that returns false; it is closed then. Sources of
 * another shape are converted.
 *
 * <p>{@link #read} and {@link #close} are for the call, which ends what is left here when it ends;
 * everything else is for any thread and does not block.
 */
public final class Playlist implements AudioSource {
  /** How many sources may wait. */
  public static final int LIMIT = 1000;

  private final AudioFormat format;
  private final ReentrantLock lock = new ReentrantLock(); // never held while a source is called
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private @Nullable Entry current;
  private boolean closed;

  private static final class Entry {
    final AudioSource source;
    final CompletableFuture<Boolean> played = new CompletableFuture<>();
    final AtomicBoolean over = new AtomicBoolean();
    volatile boolean skipped;

    Entry(AudioSource source) {
      this.source = source;
    }

    void end(@Nullable RuntimeException failure) {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      RuntimeException problem = failure;
      try {
        source.close();
      } catch (RuntimeException e) {
        problem = problem == null ? e : problem;
      }
      RuntimeException told = problem;
      boolean toTheEnd = !skipped;
      CallbackThreads.EXECUTOR.execute(
          () -> {
            if (told == null) {
              played.complete(toTheEnd);
            } else {
              played.completeExceptionally(told);
            }
          });
    }

    void skip() {
      skipped = true;
      end(null);
    }
  }

  /** An empty one, in the shape of media backends: 48 kHz, one channel. */
  public Playlist() {
    this(AudioFormat.MONO_48K);
  }

  /** An empty one. */
  public Playlist(AudioFormat format) {
    this.format = Objects.requireNonNull(format, "format");
  }

  /**
   * Plays a source after those before it.
   *
   * @return completed, on a thread of its own, with true once it was read to its end, with false if
   *     it was skipped or the call was over before; fails with what the source throws, and the next
   *     one is played
   * @throws OverflowException if {@link #LIMIT} sources wait; the source is left as it is
   */
  public CompletionStage<Boolean> add(AudioSource source) {
    Entry entry = new Entry(ConvertedSource.of(source, format));
    boolean late;
    lock.lock();
    try {
      late = closed;
      if (!late) {
        if (waiting.size() == LIMIT) {
          throw new OverflowException("More than " + LIMIT + " sources wait to be played", LIMIT);
        }
        waiting.add(entry);
      }
    } finally {
      lock.unlock();
    }
    if (late) {
      entry.skip();
    }
    return entry.played.minimalCompletionStage();
  }

  /** Ends what is played, with the next {@link #read}, and forgets what waits. */
  public void skip() {
    List<Entry> skipped;
    lock.lock();
    try {
      if (current != null) {
        current.skipped = true;
      }
      skipped = List.copyOf(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    skipped.forEach(Entry::skip);
  }

  /** Whether nothing is played and nothing waits. */
  public boolean isEmpty() {
    lock.lock();
    try {
      return current == null && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public boolean read(short[] samples) {
    for (Entry playing = current(); playing != null; playing = current()) {
      RuntimeException failure = null;
      if (!playing.skipped) {
        Arrays.fill(samples, (short) 0);
        try {
          if (playing.source.read(samples)) {
            return true;
          }
        } catch (RuntimeException e) {
          failure = e;
        }
        Arrays.fill(samples, (short) 0);
      }
      forget(playing);
      playing.end(failure);
    }
    return false;
  }

  private @Nullable Entry current() {
    lock.lock();
    try {
      if (current == null) {
        current = waiting.poll();
      }
      return current;
    } finally {
      lock.unlock();
    }
  }

  private void forget(Entry played) {
    lock.lock();
    try {
      if (current == played) {
        current = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends everything; what is added from now on is not played. */
  @Override
  public void close() {
    List<Entry> ended = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      if (current != null) {
        ended.add(current);
        current = null;
      }
      ended.addAll(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    ended.forEach(Entry::skip);
  }
}
