package io.respoke.core.call;

import io.respoke.protocol.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides when local candidates are sent (protocol-calls §2.1.1, §8 #9 and #10): not before the
 * description they belong to was acknowledged, one signal at a time so that they gather in batches,
 * and with {@code finalCandidates} exactly once. Pure.
 */
final class CandidateOutbox {
  /**
   * A signal's worth of candidates.
   *
   * @param candidates new ones
   * @param all all of the session, if these are the last; otherwise {@code null}
   */
  record Batch(List<Candidate> candidates, @Nullable List<Candidate> all) {
    Batch {
      candidates = List.copyOf(candidates);
      all = all == null ? null : List.copyOf(all);
    }
  }

  private final List<Candidate> all = new ArrayList<>();
  private final List<Candidate> waiting = new ArrayList<>();
  private boolean ready;
  private boolean sending;
  private boolean complete;
  private boolean finalSent;

  /** A candidate was found. */
  @Nullable Batch add(Candidate candidate) {
    all.add(candidate);
    waiting.add(candidate);
    return next();
  }

  /** There will be no more, or those there are have to do. */
  @Nullable Batch complete() {
    complete = true;
    return next();
  }

  /** The description was acknowledged. */
  @Nullable Batch ready() {
    ready = true;
    return next();
  }

  /** The batch before was taken, or was not: the next one may go. */
  @Nullable Batch sent() {
    sending = false;
    return next();
  }

  /** Whether it waits for more candidates: everything is out but the final word. */
  boolean isWaiting() {
    return ready && !sending && !complete && waiting.isEmpty();
  }

  private @Nullable Batch next() {
    if (!ready || sending) {
      return null;
    }
    boolean last = complete && !finalSent;
    if (waiting.isEmpty() && !last) {
      return null;
    }
    sending = true;
    finalSent |= last;
    Batch batch = new Batch(waiting, last ? all : null);
    waiting.clear();
    return batch;
  }
}
