package io.respoke.examples.jdktransport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.respoke.ProxyOptions;
import io.respoke.spi.CloseStatus;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportException.Category;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportRequest;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of the JDK, with what it lacks: a bounded queue with one message in flight,
 * deadlines, a limit for messages of the peer, and exactly one last call. State changes under the
 * lock; calls to the listener are only noted there, and made without it.
 */
final class JdkTransport implements Transport, WebSocket.Listener {
  private enum State {
    OPENING,
    OPEN,
    CLOSING,
    ENDED
  }

  private static final class Message extends CompletableFuture<Void> {
    final String text;

    Message(String text) {
      // The JDK refuses half a surrogate pair; the String makes it a question mark.
      boolean hasPairs = text.chars().anyMatch(c -> Character.isSurrogate((char) c));
      this.text = hasPairs ? new String(text.getBytes(UTF_8), UTF_8) : text;
    }
  }

  private static final long LOOK_SECONDS = 3;

  private final TransportRequest request;
  private final TransportListener listener;
  private final HttpClient client; // which lives as long as somebody refers to it
  private final Queue<Message> waiting = new ArrayDeque<>(); // the first is being written
  private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();
  private final AtomicInteger callsToMake = new AtomicInteger();
  private final CompletableFuture<Void> dropped = new CompletableFuture<>();
  private StringBuilder incoming = new StringBuilder(); // for the JDK's calls, which are serial
  private State state = State.OPENING;
  private CloseStatus closing = new CloseStatus(CloseStatus.NORMAL, "");
  private boolean writing;
  private @Nullable WebSocket socket;
  private @Nullable Future<?> deadline;
  private @Nullable Future<?> looking;

  JdkTransport(HttpClient client, TransportRequest request, TransportListener listener) {
    this.client = client;
    this.request = request;
    this.listener = listener;
  }

  void open() {
    synchronized (this) {
      deadline = after(request.connectTimeout(), Category.CONNECT_TIMEOUT, "was not open within ");
    }
    WebSocket.Builder builder = client.newWebSocketBuilder();
    request.headers().forEach(builder::header);
    request
        .proxy()
        .flatMap(ProxyOptions::authorization)
        .ifPresent(value -> builder.header("Proxy-Authorization", value));
    var opening = builder.buildAsync(URI.create(request.uri().toASCIIString()), this);
    dropped.thenRun(() -> opening.cancel(true));
    opening.whenComplete(
        (open, failure) -> {
          if (failure != null) {
            fail(JdkFailures.opening(failure, request));
          }
        });
  }

  @Override
  public void onOpen(WebSocket open) {
    dropped.thenRun(open::abort);
    synchronized (this) {
      if (state != State.OPENING) {
        return;
      }
      state = State.OPEN;
      socket = open;
      endDeadline();
      calls.add(listener::onOpen);
      looking =
          JdkTransportProvider.DEADLINES.scheduleWithFixedDelay(
              () -> look(open), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }
    makeCalls();
    open.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket open, CharSequence part, boolean last) {
    if (incoming.length() + part.length() > request.maxMessageSize()) {
      fail(Category.TOO_LARGE, "sent more than " + request.maxMessageSize() + " characters");
      return null;
    }
    incoming.append(part);
    if (last) {
      String text = incoming.toString();
      incoming = new StringBuilder();
      synchronized (this) {
        if (state != State.ENDED) {
          calls.add(() -> listener.onText(text));
        }
      }
      makeCalls();
    }
    open.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket open, int code, String reason) {
    if (code == CloseStatus.ABNORMAL) {
      disconnected(exception(Category.LOST, "broke the connection", null));
    } else {
      end(null, new CloseStatus(code, reason));
    }
    return null;
  }

  @Override
  public void onError(WebSocket open, Throwable error) {
    Category category = error instanceof ProtocolException ? Category.OTHER : Category.LOST;
    disconnected(exception(category, "broke the connection: " + error.getMessage(), error));
  }

  @Override
  public CompletionStage<Void> send(String text) {
    Message message = new Message(Objects.requireNonNull(text, "text"));
    TransportException refusal = null;
    synchronized (this) {
      if (state != State.OPEN) {
        refusal = exception(Category.LOST, "is not open", null);
      } else if (waiting.size() >= request.outboundLimit()) {
        refusal = exception(Category.QUEUE_FULL, waiting.size() + " messages wait", null);
      } else {
        waiting.add(message);
      }
    }
    if (refusal != null) {
      message.completeExceptionally(refusal);
    } else {
      write();
    }
    return message;
  }

  @Override
  public void close(int code, String reason) {
    boolean opening;
    synchronized (this) {
      opening = state == State.OPENING;
      if (state == State.OPEN) {
        state = State.CLOSING;
        closing = new CloseStatus(code, Objects.requireNonNull(reason, "reason"));
      }
    }
    if (opening) {
      fail(Category.LOST, "was closed before it was open");
    } else {
      write();
    }
  }

  @Override
  public void abort() {
    fail(Category.LOST, "was aborted");
  }

  /** Writes the next message, or the close frame when there is none any more. */
  private void write() {
    WebSocket open;
    Message message;
    CloseStatus status;
    synchronized (this) {
      open = socket;
      message = waiting.peek();
      status = closing;
      boolean due = message != null ? state != State.ENDED : state == State.CLOSING;
      if (open == null || writing || !due) {
        return;
      }
      writing = true;
      deadline = after(request.sendTimeout(), Category.SEND_TIMEOUT, "took no message within ");
    }
    if (message != null) {
      // Elsewhere: a chain of messages written at once would be a chain of calls.
      open.sendText(message.text, true)
          .whenCompleteAsync((sent, failure) -> written(failure), JdkTransportProvider.WORK);
    } else {
      open.sendClose(status.code(), status.reason());
    }
  }

  private void written(@Nullable Throwable failure) {
    if (failure != null) {
      fail(exception(Category.LOST, "broke while sending", failure));
      return;
    }
    Message message;
    synchronized (this) {
      if (state == State.ENDED) {
        return;
      }
      writing = false;
      endDeadline();
      message = waiting.remove();
    }
    message.complete(null);
    write();
  }

  /** The JDK (17 to 25) may overlook that a busy connection was cut; writing shows it. */
  private void look(WebSocket open) {
    open.sendPing(ByteBuffer.allocate(0))
        .whenComplete(
            (sent, failure) -> {
              boolean unasked;
              synchronized (this) {
                unasked = state == State.OPEN;
              }
              if (unasked && failure instanceof IOException) {
                fail(exception(Category.LOST, "broke the connection", failure));
              }
            });
  }

  private Future<?> after(Duration timeout, Category category, String what) {
    Runnable late =
        () -> disconnected(exception(category, what + timeout.toMillis() + " ms", null));
    return JdkTransportProvider.DEADLINES.schedule(late, timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void endDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private void fail(Category category, String what) {
    fail(exception(category, what, null));
  }

  private void fail(TransportException failure) {
    end(failure, new CloseStatus(CloseStatus.ABNORMAL, ""));
  }

  /** Without an answer to our close frame, which is no failure when it was sent. */
  private void disconnected(TransportException failure) {
    boolean closeSent;
    synchronized (this) {
      closeSent = state == State.CLOSING && waiting.isEmpty();
    }
    end(closeSent ? null : failure, new CloseStatus(CloseStatus.ABNORMAL, ""));
  }

  private void end(@Nullable TransportException failure, CloseStatus status) {
    Queue<Message> unsent;
    synchronized (this) {
      if (state == State.ENDED) {
        return;
      }
      state = State.ENDED;
      endDeadline();
      if (looking != null) {
        looking.cancel(false);
      }
      unsent = new ArrayDeque<>(waiting);
      waiting.clear();
      calls.add(
          failure != null ? () -> listener.onFailure(failure) : () -> listener.onClosed(status));
    }
    Message late =
        failure != null && failure.category() == Category.SEND_TIMEOUT ? unsent.poll() : null;
    if (late != null) {
      late.completeExceptionally(failure);
    }
    TransportException lost = exception(Category.LOST, "ended before the message was sent", null);
    unsent.forEach(message -> message.completeExceptionally(lost));
    if (status.code() == CloseStatus.ABNORMAL) {
      dropped.complete(null);
    }
    makeCalls();
  }

  /** Makes the calls one after the other, each by whichever thread is here first. */
  private void makeCalls() {
    if (callsToMake.getAndIncrement() == 0) {
      do {
        for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
          call.run();
        }
      } while (callsToMake.decrementAndGet() != 0);
    }
  }

  private TransportException exception(Category category, String what, @Nullable Throwable cause) {
    return new TransportException(category, request.address() + " " + what, cause);
  }
}
