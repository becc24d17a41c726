package io.respoke.core.client;

import io.respoke.protocol.EventHeader;
import io.respoke.protocol.Json;
import io.respoke.protocol.ServerEvent.Pubsub;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which messages of a group were delivered, so that what was missed during a drop can be
 * told from what was not. Pure. While the history is being fetched, live messages are held back so
 * that they come after the older ones, each once.
 */
final class Backlog {
  /**
   * What to deliver after a drop.
   *
   * @param missed persisted messages that were missed, oldest first
   * @param live messages that came meanwhile
   * @param complete whether the history reaches back to the last message known before the drop
   */
  record Recovery(List<Pubsub> missed, List<Pubsub> live, boolean complete) {}

  private final int limit;
  private final int remembered;
  private final Set<String> delivered = new LinkedHashSet<>();
  private long latest;
  private long latestBeforeHold;
  private @Nullable ArrayDeque<Pubsub> held;

  /**
   * A backlog.
   *
   * @param limit how many live messages are held back at most
   * @param remembered how many delivered messages are remembered; more than a history answer and
   *     what is held back have in common
   */
  Backlog(int limit, int remembered) {
    this.limit = limit;
    this.remembered = remembered;
  }

  /** A new membership begins: older messages are not missed ones, and nothing is held back. */
  void startAt(long timestamp) {
    latest = Math.max(latest, timestamp);
    held = null;
  }

  /** From now on live messages are held back. */
  void hold() {
    if (held == null) {
      held = new ArrayDeque<>();
      latestBeforeHold = latest;
    }
  }

  /** A message has come; returns those to deliver now, in order. */
  List<Pubsub> live(Pubsub event) {
    ArrayDeque<Pubsub> waiting = held;
    if (waiting == null) {
      remember(event);
      return List.of(event);
    }
    waiting.add(event);
    if (waiting.size() <= limit) {
      return List.of();
    }
    Pubsub oldest = waiting.remove();
    remember(oldest);
    return List.of(oldest);
  }

  /**
   * The history is there, or cannot be had.
   *
   * @param history the newest persisted messages, in any order
   * @param asked how many were asked for
   * @param own tells the messages that this client published itself
   */
  Recovery recover(List<Pubsub> history, int asked, Predicate<Pubsub> own) {
    // Live messages that did not fit must not hide what was missed before them.
    long known = held == null ? latest : latestBeforeHold;
    List<Pubsub> sorted = oldestFirst(history);
    boolean reachesBack = sorted.isEmpty() || time(sorted.get(0)) <= known;
    // Fewer than were asked for may be all there are, or all that the service keeps. Who has seen a
    // message that is not among them cannot tell.
    boolean complete = reachesBack || (history.size() < asked && delivered.isEmpty());
    List<Pubsub> missed = new ArrayList<>();
    for (Pubsub message : sorted) {
      if (time(message) >= known && !own.test(message) && remember(message)) {
        missed.add(message);
      }
    }
    List<Pubsub> live = new ArrayList<>();
    ArrayDeque<Pubsub> waiting = held;
    held = null;
    if (waiting != null) {
      for (Pubsub message : waiting) {
        if (remember(message)) {
          live.add(message);
        }
      }
    }
    return new Recovery(missed, live, complete);
  }

  /**
   * A message was not taken by its listeners' queue, and the connection is dropped for that: it
   * counts as not delivered. A live one is held back, with all that follow it; a persisted one is
   * in the history.
   */
  void notTaken(Pubsub message, boolean live) {
    delivered.remove(key(message.header(), message.message()));
    hold();
    latestBeforeHold = Math.min(latestBeforeHold, time(message));
    ArrayDeque<Pubsub> waiting = held;
    if (live && waiting != null && waiting.size() < limit) {
      waiting.add(message);
    }
  }

  /** Returns whether the message was not delivered before. */
  private boolean remember(Pubsub message) {
    latest = Math.max(latest, time(message));
    boolean first = delivered.add(key(message.header(), message.message()));
    if (delivered.size() > remembered) {
      delivered.remove(delivered.iterator().next());
    }
    return first;
  }

  /**
   * Stored messages in the order they were published. Services answer newest first (protocol-wire
   * §4.4), and several messages can bear the same millisecond: so the answer's own order counts.
   */
  static List<Pubsub> oldestFirst(List<Pubsub> answer) {
    List<Pubsub> ordered = new ArrayList<>(answer);
    if (ordered.size() > 1 && time(ordered.get(0)) >= time(ordered.get(ordered.size() - 1))) {
      Collections.reverse(ordered);
    }
    ordered.sort(Comparator.comparingLong(Backlog::time));
    return ordered;
  }

  private static long time(Pubsub message) {
    Long timestamp = message.header().timestamp();
    return timestamp == null ? 0 : timestamp;
  }

  /** The request id names a message; services that send none leave sender, time and content. */
  private static String key(EventHeader header, JsonValue message) {
    String requestId = header.requestId();
    return requestId != null
        ? requestId
        : header.from() + '|' + header.timestamp() + '|' + Json.write(message).hashCode();
  }
}
