package io.respoke.service.state;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt to deliver an event went.
 *
 * @param status the HTTP status; 0 when there was no answer
 * @param millis how long it took
 * @param problem why there was no answer, for people; or {@code null}
 */
public record WebhookAnswer(int status, long millis, @Nullable String problem) {
  /** What follows from it. */
  public enum Verdict {
    /** The receiver has it. */
    DELIVERED,
    /** It may go better later. */
    RETRY,
    /** The receiver does not want this event, now or later. */
    REFUSED
  }

  /** 4xx that speak of the receiver or its settings and not of the event. */
  private static final Set<Integer> MENDABLE = Set.of(401, 403, 404, 405, 407, 408, 409, 425, 429);

  /** Redirects are not followed; they are settings that somebody can mend. */
  public Verdict verdict() {
    if (status >= 200 && status < 300) {
      return Verdict.DELIVERED;
    }
    return status >= 400 && status < 500 && !MENDABLE.contains(status)
        ? Verdict.REFUSED
        : Verdict.RETRY;
  }

  String problemText() {
    if (problem != null) {
      return problem;
    }
    return status >= 300 && status < 400
        ? "answered with the redirect " + status + ", which is not followed"
        : "answered with " + status;
  }
}
