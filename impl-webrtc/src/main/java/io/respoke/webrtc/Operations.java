package io.respoke.webrtc;

import io.respoke.MediaException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one session: one after another on the native thread, each ended once, in
 * bounded time, as its listener's calls are.
 */
final class Operations {
  /** How many may wait for those before them. */
  static final int MAX = 65_536;

  private static final long SECONDS = 20;

  private final String id;
  private final SessionEvents events;
  private final Executor nativeThread;
  private final Set<Consumer<MediaException>> pending = ConcurrentHashMap.newKeySet();
  private int waiting;
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
  private volatile boolean closed;

  /**
   * @param id the session's
   */
  Operations(String id, SessionEvents events, Executor nativeThread) {
    this.id = id;
    this.events = events;
    this.nativeThread = nativeThread;
  }

  boolean isClosed() {
    return closed;
  }

  /** Nothing is performed any more; false if it was closed before. */
  synchronized boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  /** After it is closed: ends everything that has not ended. */
  void failAll(MediaException failure) {
    events.settle(() -> pending.forEach(each -> each.accept(failure)));
  }

  /**
   * @param what it is, to say so when it fails
   */
  <T extends @Nullable Object> CompletionStage<T> performNow(String what, Supplier<T> operation) {
    return perform(what, () -> CompletableFuture.completedFuture(operation.get()));
  }

  /** The next begins when the stage of this one has ended. */
  <T extends @Nullable Object> CompletionStage<T> perform(
      String what, Supplier<CompletableFuture<T>> operation) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Consumer<MediaException> refuse = result::completeExceptionally;
    synchronized (this) {
      if (closed) {
        return Failures.failed(Failures.closed(id));
      }
      if (waiting >= MAX) {
        return Failures.failed(Failures.tooMany(id));
      }
      waiting++;
      pending.add(refuse);
      last =
          last.handle((before, failure) -> null)
              .thenComposeAsync(before -> begin(operation), nativeThread)
              .orTimeout(SECONDS, TimeUnit.SECONDS)
              .whenComplete(
                  (value, failure) -> {
                    left();
                    end(what, result, refuse, value, failure);
                  });
    }
    return result.minimalCompletionStage();
  }

  private synchronized void left() {
    waiting--;
  }

  private <T extends @Nullable Object> CompletableFuture<T> begin(
      Supplier<CompletableFuture<T>> operation) {
    if (closed) {
      return CompletableFuture.failedFuture(Failures.closed(id));
    }
    return operation.get();
  }

  private <T extends @Nullable Object> void end(
      String what,
      CompletableFuture<T> result,
      Consumer<MediaException> refuse,
      T value,
      @Nullable Throwable failure) {
    events.settle(
        () -> {
          pending.remove(refuse);
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(Failures.typed(what, failure));
          }
        });
  }
}
