package io.respoke.core.client;

import io.respoke.OverflowException;
import io.respoke.RequestRejectedException;
import io.respoke.RequestTimeoutException;
import io.respoke.protocol.Json;
import io.respoke.protocol.Wire;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be asked for after a drop, in lists that fit into one request each, and what
 * becomes of a list whose request has failed. A request is refused for one of its items: so the
 * list is asked for in parts, until the item is alone. What failed by the client's own limits or by
 * the service's troubles is asked for again. Pure.
 *
 * @param <T> what is asked for
 */
final class RestoreQueue<T> {
  /** So few that a request for them is as good as one for each. */
  private static final int PARTS = 4;

  private static final int SERVER_ERROR = 500;

  /** How often something is asked for that meets a limit or a failing service. */
  private static final int TRIES = 5;

  /** After so many requests without an answer no more are sent. */
  private static final int TIMEOUTS = 3;

  /** What a body has besides the ids. */
  private static final int FRAME = 200;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  /**
   * What one request asks for.
   *
   * @param items at least one
   * @param limited how often this met a limit or a failing service
   */
  record Batch<T>(List<T> items, int limited) {}

  /** What becomes of items. */
  enum Verdict {
    /** They are in the queue again, or parts of them. */
    AGAIN,
    /** They are in the queue again, and need a pause first. */
    LATER,
    /** The service does not let the client have them. */
    REFUSED,
    /** Whether the client could have them is not known. */
    UNKNOWN
  }

  /**
   * What follows from a failure.
   *
   * @param items what it follows for
   */
  record Decision<T>(Verdict verdict, List<T> items) {}

  private final ArrayDeque<Batch<T>> waiting = new ArrayDeque<>();
  private int timeouts;

  /**
   * A queue of everything.
   *
   * @param id what stands for an item in a request
   * @param most how many items one request may have
   */
  RestoreQueue(List<T> items, Function<? super T, String> id, int most) {
    List<T> batch = new ArrayList<>();
    int size = FRAME;
    for (T item : items) {
      int length = Json.write(Json.string(id.apply(item))).length() + 1;
      if (!batch.isEmpty() && (size + length > Wire.BODY_LIMIT || batch.size() == most)) {
        waiting.add(new Batch<>(batch, 0));
        batch = new ArrayList<>();
        size = FRAME;
      }
      batch.add(item);
      size += length;
    }
    if (!batch.isEmpty()) {
      waiting.add(new Batch<>(batch, 0));
    }
  }

  /** What to ask for next, which then is no longer in the queue; {@code null} when it is empty. */
  @Nullable Batch<T> next() {
    return waiting.poll();
  }

  /** How long to wait before something that met a limit is asked for again. */
  static Duration pause(Batch<?> batch) {
    return FIRST_PAUSE.multipliedBy(1L << batch.limited());
  }

  /** The request for a batch has failed, and the connection is still there. */
  Decision<T> failed(Batch<T> batch, Throwable failure) {
    boolean rejected = failure instanceof RequestRejectedException;
    if (passes(failure)) {
      int times = batch.limited() + 1;
      if (times >= TRIES) {
        return new Decision<>(Verdict.UNKNOWN, batch.items());
      }
      waiting.addFirst(new Batch<>(batch.items(), times));
      return new Decision<>(Verdict.LATER, batch.items());
    }
    if (failure instanceof RequestTimeoutException && ++timeouts == TIMEOUTS) {
      List<T> rest = new ArrayList<>(batch.items());
      waiting.forEach(other -> rest.addAll(other.items()));
      waiting.clear();
      return new Decision<>(Verdict.UNKNOWN, rest);
    }
    if (batch.items().size() == 1) {
      return new Decision<>(rejected ? Verdict.REFUSED : Verdict.UNKNOWN, batch.items());
    }
    split(batch.items());
    return new Decision<>(Verdict.AGAIN, batch.items());
  }

  /** A limit of the client or of the service, or a service that has troubles of its own. */
  private static boolean passes(Throwable failure) {
    return failure instanceof OverflowException
        || (failure instanceof RequestRejectedException e
            && (e.reason() == RequestRejectedException.Reason.RATE_LIMITED
                || e.status() >= SERVER_ERROR));
  }

  private void split(List<T> items) {
    int size = (items.size() + PARTS - 1) / PARTS;
    int last = (items.size() - 1) / size * size;
    for (int from = last; from >= 0; from -= size) {
      int to = Math.min(from + size, items.size());
      waiting.addFirst(new Batch<>(items.subList(from, to), 0));
    }
  }
}
