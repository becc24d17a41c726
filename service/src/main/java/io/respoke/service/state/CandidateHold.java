package io.respoke.service.state;

import io.respoke.protocol.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A description on its way to a peer that takes no candidates later: it waits until its candidates
 * are complete, or none has come for a while (protocol-calls §8 #10). Time is an argument.
 */
public final class CandidateHold {
  /** How long without a candidate counts as complete. */
  public static final long QUIET_MILLIS = 3_000;

  /** Nobody waits longer than this for an answer to his offer to begin. */
  static final long LONGEST_MILLIS = 10_000;

  private static final int LIMIT = 256;

  private final List<Candidate> candidates = new ArrayList<>();
  private final long since;
  private long heard;
  private boolean complete;
  private boolean released;
  private @Nullable String sdp;

  /** An empty hold. */
  public CandidateHold(long now) {
    since = now;
    heard = now;
  }

  /** Holds a description. */
  public void hold(String description, long now) {
    sdp = description;
    heard = now;
  }

  /** Takes candidates; what comes after the release is too late. */
  public void add(List<Candidate> fresh, @Nullable List<Candidate> all, long now) {
    if (released) {
      return;
    }
    heard = now;
    complete |= all != null;
    add(fresh);
    if (all != null) {
      add(all);
    }
  }

  private void add(List<Candidate> more) {
    for (Candidate candidate : more) {
      if (candidates.size() < LIMIT && !candidates.contains(candidate)) {
        candidates.add(candidate);
      }
    }
  }

  /** Whether there is a description that should go now. */
  public boolean due(long now) {
    return sdp != null
        && !released
        && (complete || now - heard >= QUIET_MILLIS || now - since >= LONGEST_MILLIS);
  }

  /** Lets the description go. */
  public void release() {
    released = true;
  }

  /** Whether the description has gone. */
  public boolean released() {
    return released;
  }

  /** The description, or {@code null} while only candidates have come. */
  public @Nullable String sdp() {
    return sdp;
  }

  /** Its candidates. */
  public List<Candidate> candidates() {
    return List.copyOf(candidates);
  }

  /** Since when nothing has happened. */
  public long heard() {
    return heard;
  }
}
