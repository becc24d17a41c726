package io.respoke.spi.contract.memory;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportException.Category;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of one connection. All state changes under its lock; calls out, stages included, are
 * only noted there and made after it is released.
 */
final class InMemoryTransport implements Transport {
  private enum State {
    OPENING,
    OPEN,
    CLOSING,
    ENDED
  }

  private record Waiting(String text, CompletableFuture<Void> sent) {}

  private final TransportRequest request;
  private final TransportListener listener;
  private final InMemoryPeer peer;
  private final SerialCalls toClient;
  private final SerialCalls toPeer;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private State state = State.OPENING;
  private boolean stalled;
  private CloseStatus closing = new CloseStatus(CloseStatus.NORMAL, "");
  private @Nullable CompletableFuture<Void> deadline;

  InMemoryTransport(TransportRequest request, TransportListener listener, InMemoryPeer peer) {
    this.request = request;
    this.listener = listener;
    this.peer = peer;
    this.toClient = new SerialCalls(request.executor());
    this.toPeer = new SerialCalls(request.executor());
  }

  TransportRequest request() {
    return request;
  }

  void begin() {
    TransportException refusal = peer.refusal();
    if (refusal != null) {
      fail(refusal);
    } else if (peer.opensAtOnce()) {
      opened();
    } else {
      synchronized (this) {
        if (state == State.OPENING) {
          setDeadline(request.connectTimeout(), Category.CONNECT_TIMEOUT, "did not open");
        }
      }
    }
  }

  void opened() {
    synchronized (this) {
      if (state != State.OPENING) {
        return;
      }
      state = State.OPEN;
      clearDeadline();
      toClient.add(listener::onOpen);
      toPeer.add(peer::runOnOpen);
    }
    toClient.start();
    toPeer.start();
  }

  synchronized boolean isOpen() {
    return state == State.OPEN;
  }

  @Override
  public CompletionStage<Void> send(String text) {
    Objects.requireNonNull(text, "text");
    CompletableFuture<Void> sent = new CompletableFuture<>();
    TransportException refused = null;
    synchronized (this) {
      if (state != State.OPEN) {
        refused = new TransportException(Category.LOST, "not open", null);
      } else if (waiting.size() >= request.outboundLimit()) {
        refused =
            new TransportException(
                Category.QUEUE_FULL, request.outboundLimit() + " messages wait", null);
      } else {
        waiting.add(new Waiting(text, sent));
        flush();
      }
    }
    if (refused != null) {
      sent.completeExceptionally(refused);
    }
    toPeer.start();
    toClient.start();
    return sent.minimalCompletionStage();
  }

  @Override
  public void close(int code, String reason) {
    synchronized (this) {
      if (state == State.OPEN) {
        state = State.CLOSING;
        closing = new CloseStatus(code, reason);
        flush();
      } else if (state == State.OPENING) {
        end(new TransportException(Category.LOST, "closed before it was open", null));
      }
    }
    toPeer.start();
    toClient.start();
  }

  @Override
  public void abort() {
    fail(new TransportException(Category.LOST, "aborted", null));
  }

  void deliver(String text) {
    synchronized (this) {
      if (state != State.OPEN && state != State.CLOSING) {
        return;
      }
      if (text.length() > request.maxMessageSize()) {
        end(
            new TransportException(
                Category.TOO_LARGE,
                "a message of " + text.length() + " characters, over " + request.maxMessageSize(),
                null));
      } else {
        toClient.add(() -> listener.onText(text));
      }
    }
    toClient.start();
    toPeer.start();
  }

  void closedByPeer(CloseStatus status) {
    synchronized (this) {
      if (state == State.OPENING) {
        end(new TransportException(Category.LOST, "closed before it was open", null));
      } else if (state != State.ENDED) {
        end(status);
      }
    }
    toClient.start();
    toPeer.start();
  }

  void fail(TransportException failure) {
    synchronized (this) {
      if (state != State.ENDED) {
        end(failure);
      }
    }
    toClient.start();
    toPeer.start();
  }

  void stall(boolean stall) {
    synchronized (this) {
      stalled = stall;
      if (!stall && (state == State.OPEN || state == State.CLOSING)) {
        clearDeadline();
        flush();
      }
    }
    toPeer.start();
    toClient.start();
  }

  /** Hands over what waits; then, if closing, closes. With the lock held. */
  private void flush() {
    while (!stalled && !waiting.isEmpty()) {
      Waiting next = waiting.remove();
      peer.take(next.text);
      toPeer.add(() -> peer.runOnText(next.text));
      toClient.add(() -> next.sent.complete(null));
    }
    if (state == State.CLOSING && !stalled) {
      end(closing);
    } else if (stalled && deadline == null && (state == State.CLOSING || !waiting.isEmpty())) {
      setDeadline(request.sendTimeout(), Category.SEND_TIMEOUT, "was not written");
    }
  }

  private void end(CloseStatus status) {
    endWith(unsent(), status);
    toClient.add(() -> listener.onClosed(status));
  }

  private void end(TransportException failure) {
    boolean late = failure.category() == Category.SEND_TIMEOUT;
    endWith(late ? failure : unsent(), new CloseStatus(CloseStatus.ABNORMAL, ""));
    toClient.add(() -> listener.onFailure(failure));
  }

  private static TransportException unsent() {
    return new TransportException(Category.LOST, "ended before the message was sent", null);
  }

  private void endWith(TransportException ofFirstMessage, CloseStatus status) {
    state = State.ENDED;
    clearDeadline();
    TransportException reason = ofFirstMessage;
    for (Waiting each : waiting) {
      TransportException failure = reason;
      toClient.add(() -> each.sent.completeExceptionally(failure));
      reason = unsent();
    }
    waiting.clear();
    toPeer.add(() -> peer.ended(status));
  }

  private void setDeadline(Duration timeout, Category category, String what) {
    CompletableFuture<Void> timer = new CompletableFuture<>();
    deadline = timer;
    var unused =
        timer
            .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete(
                (nothing, late) -> {
                  if (late != null) {
                    expired(
                        timer,
                        new TransportException(
                            category, what + " within " + timeout.toMillis() + " ms", null));
                  }
                });
  }

  private void expired(CompletableFuture<Void> timer, TransportException failure) {
    synchronized (this) {
      if (deadline != timer || state == State.ENDED) {
        return;
      }
      if (state == State.CLOSING && waiting.isEmpty()) {
        end(new CloseStatus(CloseStatus.ABNORMAL, ""));
      } else {
        end(failure);
      }
    }
    toClient.start();
    toPeer.start();
  }

  private void clearDeadline() {
    CompletableFuture<Void> timer = deadline;
    deadline = null;
    if (timer != null) {
      timer.complete(null);
    }
  }
}
