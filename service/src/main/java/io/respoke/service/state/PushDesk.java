package io.respoke.service.state;

import java.util.Iterator;
import java.util.LinkedHashMap;
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
  private PushRules rules = PushRules.OFF;
  private Consumer<Note> outlet = note -> {};

  /** Where notifications leave. */
  void attach(Consumer<Note> where) {
    outlet = where;
  }

  /** The rules. */
  public PushRules rules() {
    return rules;
  }

  /** Other rules from now on. */
  public void rules(PushRules value) {
    rules = value;
  }

  /** The app's server is asked about one; beyond the limit the oldest is forgotten. */
  public void ask(String id, String endpointId, PushConfig config, long now) {
    Iterator<Asked> oldest = asked.values().iterator();
    while (oldest.hasNext() && (oldest.next().expiresAt() <= now || asked.size() >= LIMIT)) {
      oldest.remove();
    }
    asked.put(id, new Asked(endpointId, config, now + PATIENCE_MILLIS));
  }

  /** What the server was asked about, once; {@code null} when it was not, or too long ago. */
  public @Nullable Asked take(String id, long now) {
    Asked found = asked.remove(id);
    return found == null || found.expiresAt() <= now ? null : found;
  }

  /** Sends one. */
  public void send(Note note) {
    outlet.accept(note);
  }
}
