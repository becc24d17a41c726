package io.respoke.tyrus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportException.Category;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportRequest;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket on Tyrus, with what Tyrus lacks: a deadline for the whole of opening, a bounded
 * queue with one message in flight, a deadline for each message, and exactly one last call. Its
 * lock is never held while Tyrus, the listener or a stage is called.
 */
final class TyrusTransport implements Transport {
  private enum Phase {
    OPENING,
    OPEN,
    CLOSING,
    ENDED
  }

  private static final class Message extends CompletableFuture<Void> {
    final String text;

    Message(String text) {
      // Tyrus throws an Error for half a surrogate pair; the String makes it a question mark.
      this.text =
          text.chars().anyMatch(c -> Character.isSurrogate((char) c))
              ? new String(text.getBytes(UTF_8), UTF_8)
              : text;
    }
  }

  // A message is in flight for this long only if its peer is slow, or if Tyrus has overlooked it.
  private static final long FIRST_NUDGE_NANOS = 50_000_000;

  private final TyrusLink link = new TyrusLink(this);
  private final SerialListener listener;
  private final String address;
  private final long sendTimeoutNanos;
  private final int outboundLimit;
  private final int maxMessageSize;
  private Phase phase = Phase.OPENING;
  private final ArrayDeque<Message> waiting = new ArrayDeque<>(0);
  private @Nullable Message inFlight;
  private long inFlightSince;
  private long nudgeAfterNanos;
  private @Nullable CloseStatus closing;
  private @Nullable Future<?> deadline;

  TyrusTransport(TransportRequest request, TransportListener listener) {
    this.listener = new SerialListener(listener);
    this.address = request.address();
    this.sendTimeoutNanos = request.sendTimeout().toNanos();
    this.outboundLimit = request.outboundLimit();
    this.maxMessageSize = request.maxMessageSize();
  }

  /** Connects; blocks until that has succeeded or failed. */
  void open(TransportRequest request) {
    TyrusPool.use(); // for the connection, until its end
    TyrusPool.use(); // for opening, which may go on after that
    try {
      connect(request);
    } finally {
      TyrusPool.done();
    }
  }

  private void connect(TransportRequest request) {
    long millis = request.connectTimeout().toMillis();
    Future<?> connectDeadline =
        Deadlines.after(
            request.connectTimeout(),
            () ->
                failUnlessOpen(
                    new TransportException(
                        Category.CONNECT_TIMEOUT,
                        address + " was not open within " + millis + " ms",
                        null)));
    boolean interrupted = Thread.currentThread().isInterrupted();
    try {
      if (!interrupted && link.opening()) {
        if (request.proxy().isEmpty()) {
          // Tyrus would report the name as an address it cannot use.
          var unused = InetAddress.getByName(request.uri().getHost());
        }
        var unused =
            TyrusConnector.manager()
                .connectToServer(
                    new TyrusEndpoint(this),
                    new EndpointSettings(link, request),
                    encodedTwice(request.uri()));
      } else {
        throw new InterruptedException();
      }
    } catch (Exception e) {
      failUnlessOpen(TyrusFailures.opening(e, request));
    } finally {
      connectDeadline.cancel(false);
      link.opened();
    }
  }

  /** Tyrus decodes path and query before it sends them, so that they are encoded once more. */
  private static URI encodedTwice(URI uri) {
    String ascii = uri.toASCIIString();
    return ascii.indexOf('%') < 0 ? uri : URI.create(ascii.replace("%", "%25"));
  }

  @Override
  public CompletionStage<Void> send(String text) {
    Message message = new Message(Objects.requireNonNull(text, "text"));
    TransportException refused = null;
    boolean first = false;
    synchronized (this) {
      if (phase != Phase.OPEN) {
        refused = exception(Category.LOST, "is not open");
      } else if (inFlight == null) {
        first = true;
        begin(message);
      } else if (waiting.size() + 1 >= outboundLimit) {
        refused = exception(Category.QUEUE_FULL, outboundLimit + " messages wait to be sent");
      } else {
        waiting.add(message);
      }
    }
    if (refused != null) {
      message.completeExceptionally(refused);
    } else if (first) {
      write(message);
    }
    return message;
  }

  @Override
  public void close(int code, String reason) {
    Objects.requireNonNull(reason, "reason");
    boolean unopened;
    boolean idle;
    synchronized (this) {
      unopened = phase == Phase.OPENING;
      idle = phase == Phase.OPEN && inFlight == null;
      if (phase == Phase.OPEN) {
        phase = Phase.CLOSING;
        closing = new CloseStatus(code, reason);
      }
    }
    if (unopened) {
      fail(exception(Category.LOST, "was closed before it was open"));
    } else if (idle) {
      closeLink();
    }
  }

  @Override
  public void abort() {
    fail(exception(Category.LOST, "was aborted"));
  }

  void opened(Session session) {
    link.session(session);
    synchronized (this) {
      if (phase == Phase.OPENING) {
        phase = Phase.OPEN;
      } else {
        session = null;
      }
    }
    if (session == null) {
      link.drop();
    } else {
      listener.open();
    }
  }

  void text(String text) {
    listener.text(text);
  }

  /**
   * The peer has sent a close frame.
   *
   * @return whether it was the answer to ours, so that the connection is at its end
   */
  boolean closedByPeer(CloseStatus status) {
    boolean answer = isClosing();
    endClosed(status);
    if (answer) {
      link.drop();
    }
    return answer;
  }

  /** Tyrus has closed: because we asked it to, or because of what the peer has sent. */
  void closedByTyrus(CloseReason reason) {
    if (!isClosing()) {
      fail(exception(Category.OTHER, "broke the protocol: " + reason.getReasonPhrase()));
    }
  }

  /** The TCP connection has ended. */
  void disconnected() {
    if (isClosing()) {
      endClosed(new CloseStatus(CloseStatus.ABNORMAL, ""));
    } else {
      fail(exception(Category.LOST, "broke the connection"));
    }
  }

  /** Whether our close frame waits for its answer, or will when all messages are written. */
  synchronized boolean isClosing() {
    return phase == Phase.CLOSING;
  }

  String address() {
    return address;
  }

  int maxMessageSize() {
    return maxMessageSize;
  }

  void tooLarge() {
    fail(
        exception(
            Category.TOO_LARGE, "sent a message of more than " + maxMessageSize + " characters"));
  }

  void fail(TransportException failure) {
    TransportException unsent = exception(Category.LOST, "broke before the message was sent");
    if (end(failure.category() == Category.SEND_TIMEOUT ? failure : unsent, unsent)) {
      link.drop();
      listener.failed(failure);
    }
  }

  private void failUnlessOpen(TransportException failure) {
    synchronized (this) {
      if (phase != Phase.OPENING) {
        return;
      }
    }
    fail(failure);
  }

  private void endClosed(CloseStatus status) {
    TransportException unsent = exception(Category.LOST, "was closed");
    if (end(unsent, unsent)) {
      listener.closed(status);
    }
  }

  private boolean end(TransportException ofMessageInFlight, TransportException ofOthers) {
    List<Message> unsent;
    Message flying;
    synchronized (this) {
      if (phase == Phase.ENDED) {
        return false;
      }
      phase = Phase.ENDED;
      flying = inFlight;
      inFlight = null;
      unsent = new ArrayList<>(waiting);
      waiting.clear();
      if (deadline != null) {
        deadline.cancel(false);
        deadline = null;
      }
    }
    if (flying != null) {
      flying.completeExceptionally(ofMessageInFlight);
    }
    unsent.forEach(message -> message.completeExceptionally(ofOthers));
    TyrusPool.done();
    return true;
  }

  /** With the lock held. */
  private void begin(Message message) {
    inFlight = message;
    inFlightSince = System.nanoTime();
    nudgeAfterNanos = FIRST_NUDGE_NANOS;
    if (deadline == null) {
      deadline = Deadlines.after(Math.min(FIRST_NUDGE_NANOS, sendTimeoutNanos), this::look);
    }
  }

  /** One timer for all messages: it looks at the one in flight, and runs on while there is one. */
  private void look() {
    boolean late;
    boolean nudge = false;
    synchronized (this) {
      deadline = null;
      if (phase == Phase.ENDED || inFlight == null) {
        return;
      }
      long age = System.nanoTime() - inFlightSince;
      late = age >= sendTimeoutNanos;
      if (!late) {
        nudge = age >= nudgeAfterNanos;
        if (nudge) {
          nudgeAfterNanos *= 2;
        }
        deadline = Deadlines.after(Math.min(nudgeAfterNanos, sendTimeoutNanos) - age, this::look);
      }
    }
    if (nudge) {
      link.nudge();
    } else if (late) {
      fail(
          exception(
              Category.SEND_TIMEOUT,
              "took no message within " + sendTimeoutNanos / 1_000_000 + " ms"));
    }
  }

  private void write(Message message) {
    Session session = link.session();
    try {
      if (session == null) {
        throw new IllegalStateException("no session");
      }
      session.getAsyncRemote().sendText(message.text, result -> written(message, result));
    } catch (RuntimeException e) {
      fail(new TransportException(Category.LOST, address + " is closed", e));
    }
  }

  private void written(Message message, SendResult result) {
    if (!result.isOK()) {
      fail(
          new TransportException(
              Category.LOST, address + " broke while sending", result.getException()));
      return;
    }
    Message next;
    boolean close;
    synchronized (this) {
      if (inFlight != message) {
        return;
      }
      inFlight = null;
      next = waiting.poll();
      if (next != null) {
        begin(next);
      }
      close = next == null && phase == Phase.CLOSING;
    }
    message.complete(null);
    if (next != null) {
      write(next);
    } else if (close) {
      closeLink();
    }
  }

  private void closeLink() {
    CloseStatus status;
    synchronized (this) {
      if (phase != Phase.CLOSING) {
        return;
      }
      status = Objects.requireNonNull(closing);
      if (deadline != null) {
        deadline.cancel(false);
      }
      deadline = Deadlines.after(FIRST_NUDGE_NANOS, this::awaitClose);
    }
    try {
      link.close(status.code(), status.reason());
    } catch (IOException | RuntimeException e) {
      disconnected();
    }
  }

  private void awaitClose() {
    synchronized (this) {
      if (phase != Phase.CLOSING) {
        return;
      }
      deadline = Deadlines.after(sendTimeoutNanos, this::closeUnanswered);
    }
    link.nudge();
  }

  private void closeUnanswered() {
    endClosed(new CloseStatus(CloseStatus.ABNORMAL, "the peer did not answer the close frame"));
    link.drop();
  }

  private TransportException exception(Category category, String what) {
    return new TransportException(category, address + " " + what, null);
  }
}
