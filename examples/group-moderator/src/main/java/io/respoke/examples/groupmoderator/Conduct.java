package io.respoke.examples.groupmoderator;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who has said what should not be said, and how often. Decides and does nothing else. Thread-safe:
 * live messages are judged one after another, but the history is judged beside them.
 */
final class Conduct {
  /** What a message means for whom said it. */
  enum Verdict {
    /** Nothing wrong, or judged before. */
    FINE,
    /** One more and it is over. */
    WARN,
    /** Too often. */
    REMOVE
  }

  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int REMEMBERED = 10_000;

  private final Set<String> forbidden;
  private final int limit;
  private final Map<String, Integer> strikes = new HashMap<>();
  private final Set<String> judged = new LinkedHashSet<>();

  /**
   * Rules for one group.
   *
   * @param forbidden words, in lower case
   * @param limit how many messages with such a word end a membership
   */
  Conduct(Set<String> forbidden, int limit) {
    this.forbidden = Set.copyOf(forbidden);
    this.limit = limit;
  }

  /**
   * Judges one message, once: the same one may come live and from the history.
   *
   * @param id what names the message
   */
  synchronized Verdict judge(String id, String from, String text) {
    if (!judged.add(id)) {
      return Verdict.FINE;
    }
    if (judged.size() > REMEMBERED) {
      judged.remove(judged.iterator().next());
    }
    boolean offends =
        NO_LETTERS
            .splitAsStream(text.toLowerCase(Locale.ROOT))
            .anyMatch(word -> forbidden.contains(word));
    if (!offends) {
      return Verdict.FINE;
    }
    int count = strikes.merge(from, 1, Integer::sum);
    return count < limit ? Verdict.WARN : Verdict.REMOVE;
  }

  synchronized int strikes(String endpointId) {
    return strikes.getOrDefault(endpointId, 0);
  }

  boolean isBanned(String endpointId) {
    return strikes(endpointId) >= limit;
  }

  synchronized void pardon(String endpointId) {
    strikes.remove(endpointId);
  }
}
