package io.respoke.core.client;

import io.respoke.MediaException;
import io.respoke.core.runtime.Failures;
import io.respoke.spi.MediaBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The media backends of one client, each made when the first call needs it: native code is not
 * loaded for clients that never call. Safe for use by any thread.
 */
public final class MediaBackends implements AutoCloseable {
  private final Executor executor;
  private final Supplier<MediaBackend> own;
  private final Supplier<MediaBackend> external;
  private @Nullable CompletableFuture<MediaBackend> ownBackend;
  private @Nullable CompletableFuture<MediaBackend> externalBackend;
  private final List<MediaBackend> open = new ArrayList<>();
  private boolean closed;

  /**
   * None yet.
   *
   * @param executor where they are made; that may take time
   * @param own makes the one that does media itself
   * @param external makes the one for media that is done elsewhere
   */
  public MediaBackends(
      Executor executor, Supplier<MediaBackend> own, Supplier<MediaBackend> external) {
    this.executor = executor;
    this.own = own;
    this.external = external;
  }

  /** The backend; one that could not be made is tried again by the next call. */
  synchronized CompletableFuture<MediaBackend> of(boolean isExternal) {
    if (closed) {
      return CompletableFuture.failedFuture(clientClosed());
    }
    CompletableFuture<MediaBackend> known = isExternal ? externalBackend : ownBackend;
    if (known == null || known.isCompletedExceptionally()) {
      Supplier<MediaBackend> maker = isExternal ? external : own;
      known = CompletableFuture.supplyAsync(() -> make(maker), executor).handle(this::made);
      if (isExternal) {
        externalBackend = known;
      } else {
        ownBackend = known;
      }
    }
    return known;
  }

  /**
   * Makes one on this thread. That may take longer than the client lives: what comes too late is
   * closed here, as the executor has gone by then.
   */
  private @Nullable MediaBackend make(Supplier<MediaBackend> maker) {
    MediaBackend backend = maker.get();
    if (backend == null || keep(backend)) {
      return backend;
    }
    backend.close();
    throw clientClosed();
  }

  private synchronized boolean keep(MediaBackend backend) {
    return !closed && open.add(backend);
  }

  private static MediaException clientClosed() {
    return new MediaException(MediaException.Reason.CLOSED, "The client is closed");
  }

  private MediaBackend made(@Nullable MediaBackend backend, @Nullable Throwable failure) {
    if (backend != null) {
      return backend;
    }
    Throwable cause = failure == null ? null : Failures.unwrap(failure);
    if (cause instanceof MediaException known) {
      throw known;
    }
    throw new MediaException(
        MediaException.Reason.UNAVAILABLE,
        cause == null ? "The media backend is missing" : String.valueOf(cause.getMessage()),
        cause);
  }

  /** Closes those that were made; one that is being made is closed when it is there. */
  @Override
  public void close() {
    List<MediaBackend> made;
    synchronized (this) {
      closed = true;
      made = List.copyOf(open);
      open.clear();
    }
    made.forEach(this::close);
  }

  private void close(MediaBackend backend) {
    try {
      executor.execute(backend::close);
    } catch (RejectedExecutionException e) {
      backend.close();
    }
  }
}
