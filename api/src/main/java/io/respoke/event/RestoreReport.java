package io.respoke.event;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of a client's state after a reconnect.
 *
 * @param groups groups joined again
 * @param refusedGroups groups that could not be joined again, with the reason: those that the
 *     service refused are given up; those that met a limit or a service that failed, or got no
 *     answer, are tried again after the next drop
 * @param backfilled how many missed messages were fetched from each group's history and delivered
 * @param gaps what may be missing: always private messages, which have no history; group messages
 *     that were not persisted; and persisted ones where the history could not be read or reaches
 *     back less far than the drop
 * @param observed endpoints observed again; their presence is current
 * @param refusedObservers endpoints that could not be observed again, with the reason; given up or
 *     tried again as groups are
 * @param presenceRestored whether own presence was announced again; true when there was none
 */
public record RestoreReport(
    Set<String> groups,
    Map<String, Throwable> refusedGroups,
    Map<String, Integer> backfilled,
    List<Gap> gaps,
    Set<String> observed,
    Map<String, Throwable> refusedObservers,
    boolean presenceRestored) {
  /** Copies the collections. */
  public RestoreReport {
    groups = Set.copyOf(groups);
    refusedGroups = Map.copyOf(refusedGroups);
    backfilled = Map.copyOf(backfilled);
    gaps = List.copyOf(gaps);
    observed = Set.copyOf(observed);
    refusedObservers = Map.copyOf(refusedObservers);
  }

  /**
   * Something that may have been missed.
   *
   * @param kind what
   * @param groupId which group; empty text for private messages
   * @param reason why it cannot be known
   */
  public record Gap(Kind kind, String groupId, String reason) {
    /** What may be missing. */
    public enum Kind {
      /** Private messages; the service keeps none. */
      PRIVATE_MESSAGES,
      /** Group messages that were not persisted. */
      UNPERSISTED_GROUP_MESSAGES,
      /** Persisted group messages older than what was fetched, or whose fetching failed. */
      PERSISTED_GROUP_MESSAGES
    }
  }
}
