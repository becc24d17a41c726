package io.respoke.service.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the service has done, counted since its start, and its last minutes in samples. The one
 * place that everything which shows figures reads. Time is an argument.
 */
public final class Figures {
  /** How many samples are kept: five minutes of one a second. */
  public static final int KEPT = 300;

  /** What is counted. */
  public enum Counter {
    REQUESTS("requests", "Requests of any kind, over HTTP and over sockets."),
    ERRORS("errors", "Requests answered with a status of 400 or more."),
    MESSAGES("messages", "Private messages and those published to groups."),
    SIGNALS("signals", "Signals of calls and direct connections."),
    CALLS("calls", "Calls and direct connections that were begun.");

    private final String key;
    private final String meaning;

    Counter(String key, String meaning) {
      this.key = key;
      this.meaning = meaning;
    }

    /** Its name in JSON. */
    public String key() {
      return key;
    }

    /** What it counts, in a sentence. */
    public String meaning() {
      return meaning;
    }
  }

  /**
   * How much there is at one moment.
   *
   * @param sockets open WebSockets
   * @param connections registered connections of all apps
   * @param calls calls and direct connections that ring or were answered
   */
  public record Levels(int sockets, int connections, int calls) {}

  /**
   * One sample.
   *
   * @param number counts up from 1
   * @param at when it was taken, epoch milliseconds
   * @param levels how much there was
   * @param counts what was counted since the sample before it
   */
  public record Sample(long number, long at, Levels levels, Map<Counter, Long> counts) {
    /** Copies the counts. */
    public Sample {
      counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    }
  }

  private static final class Tally {
    long total;
    long sampled;
  }

  private final Map<Counter, Tally> tallies = new EnumMap<>(Counter.class);
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long taken;

  /** Counts one. */
  public void count(Counter counter) {
    tally(counter).total++;
  }

  private Tally tally(Counter counter) {
    return tallies.computeIfAbsent(counter, first -> new Tally());
  }

  /** How many were counted since the start. */
  public long total(Counter counter) {
    return tally(counter).total;
  }

  /** Takes a sample; the oldest one goes when there are too many. */
  public void sample(long now, Levels levels) {
    Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    for (Counter counter : Counter.values()) {
      Tally tally = tally(counter);
      counts.put(counter, tally.total - tally.sampled);
      tally.sampled = tally.total;
    }
    samples.addLast(new Sample(++taken, now, levels, counts));
    if (samples.size() > KEPT) {
      samples.removeFirst();
    }
  }

  /** The samples after a number, oldest first; 0 for all that are kept. */
  public List<Sample> after(long number) {
    List<Sample> found = new ArrayList<>();
    for (Sample sample : samples) {
      if (sample.number() > number) {
        found.add(sample);
      }
    }
    return found;
  }
}
