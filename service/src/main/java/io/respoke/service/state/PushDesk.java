package io.respoke.service.state;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The push notifications of one app: its rules, and those its server was asked about. */
public final class PushDesk {
  /** How long the app's server may take to say what becomes of one. */
  public static final long PATIENCE_MILLIS = 10 * 60_000L;

  private static final int LIMIT = 10_000;

  /**
   * One that waits for the app's server.
   *
   * @param endpointId whom it is for
   * @param config the rules that let it through
   * @param expiresAt until when it waits, epoch milliseconds
   */
  public record Asked(String endpointId, PushConfig config, long expiresAt) {}

  /**
   * What is to be sent to one device.
   *
   * @param device the device
   * @param text what is shown
   * @param badge whether it counts
   * @param badgeCount the number to show, or {@code null}
   * @param sound the sound; empty for none
   * @param category the category; empty for none
   */
  public record Note(
      PushTokens.Device device,
      String text,
      boolean badge,
      @Nullable Integer badgeCount,
      String sound,
      String category) {
    /** Without the text. */
    @Override
    public String toString() {
      return "Note[device=" + device + "]";
    }
  }

  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private PushJournal journal = PushJournal.NONE;
  private int unanswered;
  private PushRules rules = PushRules.OFF;
  private Consumer<Note> outlet = note -> {};

  /**
   * Connects it to the world.
   *
   * @param where where notifications leave
   * @param kept where it is kept what was asked
   */
  void attach(Consumer<Note> where, PushJournal kept) {
    outlet = where;
    journal = kept;
  }

  /** The rules. */
  public PushRules rules() {
    return rules;
  }

  /** Other rules from now on. */
  public void rules(PushRules value) {
    rules = value;
  }

  /** The app's server is asked about one; beyond the limit the oldest is given up. */
  public void ask(String id, String endpointId, PushConfig config, long now) {
    giveUp(now, LIMIT - 1);
    Asked about = new Asked(endpointId, config, now + PATIENCE_MILLIS);
    asked.put(id, about);
    journal.asked(id, about);
  }

  /** Takes one over that was asked before the service ended. */
  public void restore(String id, Asked about) {
    asked.putIfAbsent(id, about);
  }

  private void giveUp(long now, int most) {
    List<String> given = new ArrayList<>(0);
    Iterator<Map.Entry<String, Asked>> oldest = asked.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<String, Asked> next = oldest.next();
      if (next.getValue().expiresAt() > now && asked.size() <= most) {
        break;
      }
      given.add(next.getKey());
      oldest.remove();
    }
    if (!given.isEmpty()) {
      unanswered += given.size();
      journal.unanswered(given);
    }
  }

  /** Gives up those whose time is over; how many were given up since the last call. */
  public int expire(long now) {
    giveUp(now, LIMIT);
    int count = unanswered;
    unanswered = 0;
    return count;
  }

  /** What the server was asked about, once; {@code null} when it was not, or too long ago. */
  public @Nullable Asked take(String id, long now) {
    Asked found = asked.get(id);
    if (found == null || found.expiresAt() <= now) {
      return null;
    }
    asked.remove(id);
    return found;
  }

  /** Sends one. */
  public void send(Note note) {
    outlet.accept(note);
  }
}
