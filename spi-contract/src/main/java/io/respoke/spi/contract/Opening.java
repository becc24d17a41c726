package io.respoke.spi.contract;

import io.respoke.spi.Transport;
import io.respoke.spi.TransportProvider;
import io.respoke.spi.TransportRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One transport that is being opened, or was; on a thread of its own if opening blocks. */
final class Opening {
  private final RecordingListener listener = new RecordingListener();
  private final CompletableFuture<Transport> transport = new CompletableFuture<>();
  private final @Nullable Thread thread;

  Opening(TransportProvider provider, TransportRequest request, RecordingListenerSetup setup) {
    setup.accept(this, listener);
    Runnable open =
        () -> {
          try {
            transport.complete(provider.open(request, listener));
          } catch (Throwable e) {
            transport.completeExceptionally(e);
          }
        };
    if (provider.connectBlocks()) {
      thread = new Thread(open, TransportFixture.THREAD_NAME + "-open");
      thread.setDaemon(true);
      thread.start();
    } else {
      thread = null;
      open.run();
    }
  }

  /** Prepares what the listener does when it is called. */
  @FunctionalInterface
  interface RecordingListenerSetup {
    void accept(Opening opening, RecordingListener listener);
  }

  RecordingListener listener() {
    return listener;
  }

  /** What {@code open} has returned; waits for it. */
  Transport transport() {
    try {
      return transport.get(ContractPeer.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError("open has not returned a transport", e);
    }
  }

  /** Gives up, whether {@code open} has returned or not. */
  void abort() {
    if (thread != null && !transport.isDone()) {
      thread.interrupt();
      // The interrupt may have come when the thread was no longer opening.
      transport.thenAccept(Transport::abort);
    } else {
      transport().abort();
    }
  }

  /** Aborts if the test has not ended it, and waits until everything has. */
  void end() throws InterruptedException {
    if (!listener.hasEnded()) {
      abort();
      transport();
    }
    listener.ended();
    if (thread != null) {
      thread.join(ContractPeer.PATIENCE.toMillis());
    }
  }
}
