package io.respoke.tyrus;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportException.Category;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportRequest;
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
      this.text = text;
    }
  }

  private final TyrusLink link = new TyrusLink();
  private final SerialListener listener;
  private final String address;
  private final long sendTimeoutNanos;
  private final int outboundLimit;
  private final int maxMessageSize;
  private Phase phase = Phase.OPENING;
  private final ArrayDeque<Message> waiting = new ArrayDeque<>(0);
  private @Nullable Message inFlight;
  private long inFlightSince;
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
                    new TyrusEndpoint(this, maxMessageSize),
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
    boolean now;
    synchronized (this) {
      if (phase == Phase.OPEN) {
        phase = Phase.CLOSING;
        closing = new CloseStatus(code, reason);
        now = inFlight == null;
      } else if (phase == Phase.OPENING) {
        now = false;
      } else {
        return;
      }
    }
    if (now) {
      closeLink();
    } else {
      fail(exception(Category.LOST, "was closed before it was open"));
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

  void closed(CloseStatus status) {
    if (end(exception(Category.LOST, "was closed"), exception(Category.LOST, "was closed"))) {
      listener.closed(status);
    }
  }

  void lost() {
    fail(exception(Category.LOST, "the connection broke"));
  }

  void tooLarge() {
    fail(
        exception(
            Category.TOO_LARGE, "sent a message of more than " + maxMessageSize + " characters"));
  }

  void fail(TransportException failure) {
    fail(failure, failure);
  }

  private void fail(TransportException failure, TransportException ofMessageInFlight) {
    if (end(ofMessageInFlight, exception(Category.LOST, "broke before the message was sent"))) {
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
    return true;
  }

  /** With the lock held. */
  private void begin(Message message) {
    inFlight = message;
    inFlightSince = System.nanoTime();
    if (deadline == null) {
      deadline = Deadlines.after(sendTimeoutNanos, this::checkDeadline);
    }
  }

  /** One timer for all messages: it looks whether the one in flight is late, else waits on. */
  private void checkDeadline() {
    synchronized (this) {
      deadline = null;
      if (phase == Phase.ENDED || inFlight == null) {
        return;
      }
      long left = sendTimeoutNanos - (System.nanoTime() - inFlightSince);
      if (left > 0) {
        deadline = Deadlines.after(left, this::checkDeadline);
        return;
      }
    }
    TransportException late =
        exception(
            Category.SEND_TIMEOUT,
            "took no message within " + sendTimeoutNanos / 1_000_000 + " ms");
    fail(late, late);
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
    CloseStatus status = Objects.requireNonNull(closing);
    try {
      link.close(status.code(), status.reason());
    } catch (IOException | RuntimeException e) {
      lost();
    }
  }

  private TransportException exception(Category category, String what) {
    return new TransportException(category, address + " " + what, null);
  }
}
