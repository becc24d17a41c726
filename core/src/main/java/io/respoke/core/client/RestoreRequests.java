package io.respoke.core.client;

import io.respoke.ConnectionLostException;
import io.respoke.core.client.RestoreQueue.Batch;
import io.respoke.core.client.RestoreQueue.Decision;
import io.respoke.core.client.RestoreQueue.Verdict;
import io.respoke.core.runtime.Failures;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks for everything in a {@link RestoreQueue}, one request after the other: all at once they
 * would meet the client's own limits and the service's. On the serial context.
 *
 * @param <T> what is asked for
 */
final class RestoreRequests<T> {
  /** Asks, and hears what comes of it. */
  interface Asking<T> {
    /** Whether it is still to be had. */
    boolean isWanted(T item);

    /** Sends one request. */
    CompletableFuture<Void> request(List<T> items);

    void granted(T item);

    /** The service said no. */
    void refused(T item, Throwable failure);

    /** It was tried in vain, and may be granted another time. */
    void unknown(T item, Throwable failure);
  }

  private final ClientContext context;
  private final RestoreQueue<T> queue;
  private final Asking<T> asking;
  private final Optional<String> connection;
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private boolean running;
  private boolean waiting;

  private RestoreRequests(ClientContext context, RestoreQueue<T> queue, Asking<T> asking) {
    this.context = context;
    this.queue = queue;
    this.asking = asking;
    connection = context.client().connectionId();
  }

  /**
   * Asks for all of them. The future is completed when something has come of each, and failed with
   * {@link ConnectionLostException} when the connection is lost before that.
   *
   * @param most how many one request may ask for
   */
  static <T> CompletableFuture<Void> run(
      ClientContext context,
      List<T> items,
      Function<? super T, String> id,
      int most,
      Asking<T> asking) {
    RestoreRequests<T> requests =
        new RestoreRequests<>(context, new RestoreQueue<>(items, id, most), asking);
    requests.goOn();
    return requests.settled;
  }

  /** A loop: an answer may be there before its request returns, and stacks end. */
  private void goOn() {
    if (running) {
      return;
    }
    running = true;
    while (!waiting && !settled.isDone()) {
      Batch<T> batch = queue.next();
      if (batch == null) {
        settled.complete(null);
      } else {
        ask(batch);
      }
    }
    running = false;
  }

  private void ask(Batch<T> batch) {
    List<T> wanted = batch.items().stream().filter(asking::isWanted).toList();
    if (wanted.isEmpty()) {
      return;
    }
    waiting = true;
    asking
        .request(wanted)
        .whenComplete(
            (done, failure) -> {
              waiting = false;
              ended(new Batch<>(wanted, batch.limited()), failure);
              goOn();
            });
  }

  private void ended(Batch<T> batch, @Nullable Throwable wrapped) {
    if (wrapped == null) {
      batch.items().forEach(asking::granted);
      return;
    }
    Throwable failure = Objects.requireNonNull(Failures.unwrap(wrapped));
    if (failure instanceof ConnectionLostException) {
      settled.completeExceptionally(failure);
      return;
    }
    Decision<T> decision = queue.failed(batch, failure);
    if (decision.verdict() == Verdict.LATER) {
      pause(batch);
    } else if (decision.verdict() == Verdict.REFUSED) {
      decision.items().forEach(item -> asking.refused(item, failure));
    } else if (decision.verdict() == Verdict.UNKNOWN) {
      decision.items().forEach(item -> asking.unknown(item, failure));
    }
  }

  private void pause(Batch<T> batch) {
    waiting = true;
    context
        .engine()
        .runtime()
        .scheduler()
        .schedule(
            RestoreQueue.pause(batch), () -> context.engine().serial().execute(this::afterPause));
  }

  private void afterPause() {
    waiting = false;
    if (connection.isEmpty() || !connection.equals(context.client().connectionId())) {
      settled.completeExceptionally(
          new ConnectionLostException(
              "Not sent, the connection was lost while restoring waited for the service's limit",
              false,
              null));
    }
    goOn();
  }
}
