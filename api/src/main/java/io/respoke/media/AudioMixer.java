package io.respoke.media;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings several calls together: each participant hears the sum of all others. 48 kHz, one channel.
 *
 * <p>There is no clock and no thread in it. What a participant says is queued for each of the
 * others, from when that one's call asks for the first time, and mixed when it asks again. A queue
 * holds 100 ms; at the bound its oldest 10 ms are dropped and counted. The work grows with the
 * square of the number of participants; it is meant for tens.
 *
 * <p>Safe for use by any thread.
 */
public final class AudioMixer {
  private static final AudioFormat FORMAT = AudioFormat.MONO_48K;
  private static final int QUEUE_FRAMES = 10;

  private final Map<Participant, Boolean> participants = new ConcurrentHashMap<>();
  private final AtomicLong dropped = new AtomicLong();

  /** Nobody takes part yet. */
  public AudioMixer() {}

  /** Somebody more. For each call one. */
  public Participant join() {
    Participant participant = new Participant();
    participants.put(participant, true);
    return participant;
  }

  /** How many take part. */
  public int size() {
    return participants.size();
  }

  /** How many frames of 10 ms were dropped because a call did not ask for them in time. */
  public long dropped() {
    return dropped.get();
  }

  /**
   * Adds samples up; what is too loud is cut off.
   *
   * @param inputs each as long as {@code sum}
   * @param sum is overwritten
   */
  static void mix(List<short[]> inputs, short[] sum) {
    for (int i = 0; i < sum.length; i++) {
      int all = 0;
      for (short[] input : inputs) {
        all += input[i];
      }
      sum[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, all));
    }
  }

  /**
   * One call's ends. It leaves when its call ends, as that closes both; after that it hears nothing
   * and is not heard.
   */
  public final class Participant implements AutoCloseable {
    private final Map<Participant, Lane> heard = new ConcurrentHashMap<>();
    private volatile boolean listening;
    private volatile boolean gone;

    private Participant() {}

    /** What the participant hears: the call's microphone. */
    public AudioSource microphone() {
      return new AudioSource() {
        @Override
        public AudioFormat format() {
          return FORMAT;
        }

        @Override
        public boolean read(short[] samples) {
          return hear(samples);
        }

        @Override
        public void close() {
          Participant.this.close();
        }
      };
    }

    /** What the participant says: the call's speaker. */
    public AudioSink speaker() {
      return new AudioSink() {
        @Override
        public void onAudio(AudioFrame frame) {
          say(frame);
        }

        @Override
        public void close() {
          Participant.this.close();
        }
      };
    }

    private boolean hear(short[] samples) {
      listening = true;
      List<short[]> frames = new ArrayList<>();
      for (Lane lane : heard.values()) {
        short[] frame = lane.poll();
        if (frame != null) {
          frames.add(frame);
        }
      }
      mix(frames, samples);
      return !frames.isEmpty();
    }

    private void say(AudioFrame frame) {
      if (frame.format().sampleRate() != FORMAT.sampleRate()) {
        throw new IllegalArgumentException("A mixer takes 48 kHz, not " + frame.format());
      }
      short[] samples = Channels.convert(frame.samples(), frame.format(), FORMAT.channels());
      for (Participant other : participants.keySet()) {
        if (other != this && other.listening && !gone) {
          boolean fits = other.heard.computeIfAbsent(this, speaker -> new Lane()).offer(samples);
          if (!fits) {
            dropped.incrementAndGet();
          }
        }
      }
      if (gone) {
        forget(); // left while this was said
      }
    }

    /** Leaves. Idempotent. */
    @Override
    public void close() {
      gone = true;
      participants.remove(this);
      heard.clear();
      forget();
    }

    private void forget() {
      participants.keySet().forEach(other -> other.heard.remove(this));
    }
  }

  /** From one participant to one other. */
  private static final class Lane {
    private final Deque<short[]> frames = new ArrayDeque<>(QUEUE_FRAMES);

    /** False if something older had to go. */
    synchronized boolean offer(short[] frame) {
      boolean fits = frames.size() < QUEUE_FRAMES;
      if (!fits) {
        frames.remove();
      }
      frames.add(frame);
      return fits;
    }

    synchronized short @Nullable [] poll() {
      return frames.poll();
    }
  }
}
