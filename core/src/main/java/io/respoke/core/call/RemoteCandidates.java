package io.respoke.core.call;

import io.respoke.protocol.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the other side's candidates until its description is applied, bounded (protocol-calls
 * §2.1.2). Pure.
 */
final class RemoteCandidates {
  /** More than any real client has; what comes beyond is dropped. */
  static final int LIMIT = 256;

  private final List<Candidate> waiting = new ArrayList<>();
  private boolean described;
  private int taken;
  private int dropped;

  /**
   * A signal with candidates.
   *
   * @param all {@code finalCandidates}; used when the other side sent nothing else
   * @return those to apply now
   */
  List<Candidate> received(List<Candidate> candidates, @Nullable List<Candidate> all) {
    List<Candidate> usable = candidates.isEmpty() && taken == 0 && all != null ? all : candidates;
    int free = Math.max(0, LIMIT - taken);
    List<Candidate> accepted = usable.size() <= free ? usable : usable.subList(0, free);
    dropped += usable.size() - accepted.size();
    taken += accepted.size();
    if (described) {
      return List.copyOf(accepted);
    }
    waiting.addAll(accepted);
    return List.of();
  }

  /**
   * The other side's description is applied.
   *
   * @return those that waited for it
   */
  List<Candidate> described() {
    described = true;
    List<Candidate> due = List.copyOf(waiting);
    waiting.clear();
    return due;
  }

  /** How many were dropped since the last call. */
  int takeDropped() {
    int count = dropped;
    dropped = 0;
    return count;
  }
}
