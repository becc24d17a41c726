package io.respoke.core.session;

import io.respoke.ConnectionLostException;
import io.respoke.DisconnectReason;
import io.respoke.RequestTimeoutException;
import io.respoke.core.http.Refusal;
import io.respoke.core.http.RetryAfter;
import io.respoke.core.runtime.Cancellable;
import io.respoke.core.runtime.Failures;
import io.respoke.core.runtime.Scheduler;
import io.respoke.core.runtime.SerialContext;
import io.respoke.core.session.RequestCorrelator.Pending;
import io.respoke.protocol.ApiRequest;
import io.respoke.protocol.ApiRequestCodec;
import io.respoke.protocol.ApiRequestCodec.ArgumentForm;
import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.ApiResponseCodec;
import io.respoke.protocol.Frame;
import io.respoke.protocol.FrameCodec;
import io.respoke.protocol.MalformedFrameException;
import io.respoke.protocol.Redaction;
import io.respoke.spi.CloseStatus;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket seen as Socket.IO: frames, heartbeats, requests and their answers. Everything but
 * {@link TransportListener} runs on the client's serial context.
 */
final class Link implements TransportListener {
  /** Frames, with credentials removed; at level TRACE. */
  private static final Logger WIRE = System.getLogger("io.respoke.wire");

  private final SerialContext serial;
  private final Scheduler scheduler;
  private final Duration requestTimeout;
  private final int inboundLimit;
  private final RequestCorrelator<ClientRequest> correlator = new RequestCorrelator<>();
  private final Heartbeat heartbeat;
  private final AtomicInteger inbound = new AtomicInteger();
  private LinkListener listener;
  private @Nullable Transport transport;
  private Cancellable heartbeatTimer = Cancellable.NONE;
  private Cancellable requestTimer = Cancellable.NONE;
  private long requestTimerDue = Long.MAX_VALUE;
  private boolean greeted;
  private boolean ready;
  private boolean ended;
  private boolean rateLimited;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  Link(
      SerialContext serial,
      Scheduler scheduler,
      Duration silenceLimit,
      Duration requestTimeout,
      int inboundLimit,
      LinkListener listener) {
    this.serial = serial;
    this.scheduler = scheduler;
    this.listener = listener;
    this.requestTimeout = requestTimeout;
    this.inboundLimit = inboundLimit;
    heartbeat = new Heartbeat(silenceLimit.toMillis(), scheduler.now());
  }

  /** Gives the link its transport, which may be opening still. */
  void attach(Transport transport) {
    if (ended) {
      transport.abort();
    } else {
      this.transport = transport;
      checkHeartbeat();
      becomeReady();
    }
  }

  /** The service may greet before the transport is attached. */
  private void becomeReady() {
    if (greeted && transport != null && !ready) {
      ready = true;
      listener.onReady();
    }
  }

  /** From now on somebody else is told. */
  void handOver(LinkListener listener) {
    this.listener = listener;
  }

  /** Sends a request; the future is completed on the serial context. */
  CompletableFuture<ApiResponse> request(ApiRequest request) {
    ClientRequest pending = new ClientRequest(request, new CompletableFuture<>());
    if (ended || transport == null) {
      pending
          .answer()
          .completeExceptionally(
              new ConnectionLostException(
                  "Not sent, there is no connection: " + pending.name(), false, null));
      return pending.answer();
    }
    long deadline = scheduler.now() + requestTimeout.toMillis();
    // The waiter is registered before the frame is sent: an answer cannot come too early.
    transmit(correlator.add(pending, deadline), pending);
    armRequestTimer(deadline);
    return pending.answer();
  }

  private void transmit(long id, ClientRequest request) {
    send(ApiRequestCodec.encode(request.api(), id, ArgumentForm.STRING));
  }

  void send(Frame frame) {
    Transport open = transport;
    if (open == null || ended) {
      return;
    }
    String text = FrameCodec.encode(frame);
    log(">> ", text);
    // What breaks the transport it tells in its last call, better than each send that it failed.
    open.send(text)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                serial.execute(() -> sendFailed(Failures.unwrap(failure)));
              }
            });
  }

  private void sendFailed(Throwable failure) {
    if (!(failure instanceof TransportException e)) {
      end(DisconnectReason.NETWORK, failure);
    } else if (e.category() == TransportException.Category.QUEUE_FULL) {
      end(DisconnectReason.SEND_TIMEOUT, failure);
    }
  }

  /**
   * Says goodbye and closes.
   *
   * @return completed when the socket is closed, which may take as long as the service likes
   */
  CompletableFuture<Void> close() {
    Transport open = transport;
    if (open == null) {
      gone.complete(null);
    } else if (!ended) {
      send(Frame.DISCONNECT);
      open.close(CloseStatus.NORMAL, "");
    }
    end(DisconnectReason.REQUESTED, null);
    return gone;
  }

  /** Closes the socket without waiting for anybody. Idempotent. */
  void abort() {
    Transport open = transport;
    if (open != null) {
      open.abort();
    }
  }

  /** Drops the connection. */
  void drop(DisconnectReason reason, @Nullable Throwable cause) {
    end(reason, cause);
  }

  private void end(DisconnectReason reason, @Nullable Throwable cause) {
    if (ended) {
      return;
    }
    ended = true;
    heartbeatTimer.cancel();
    requestTimer.cancel();
    Transport open = transport;
    if (open != null && reason != DisconnectReason.REQUESTED) {
      open.abort();
    }
    List<Pending<ClientRequest>> unanswered = correlator.drain();
    for (Pending<ClientRequest> pending : unanswered) {
      pending
          .ticket()
          .answer()
          .completeExceptionally(
              new ConnectionLostException(
                  "The connection was lost before the answer to " + pending.ticket().name(),
                  true,
                  cause));
    }
    listener.onEnded(reason, cause);
  }

  // --- the transport's calls, on its own threads

  @Override
  public void onOpen() {
    // The service speaks first: nothing to do until 1:: comes.
  }

  @Override
  public void onText(String text) {
    if (inbound.incrementAndGet() > inboundLimit) {
      serial.execute(
          () ->
              end(
                  DisconnectReason.SLOW_CONSUMER,
                  new ConnectionLostException(
                      "More than " + inboundLimit + " frames wait to be read", true, null)));
      return;
    }
    serial.executeHere(() -> received(text));
  }

  @Override
  public void onClosed(CloseStatus status) {
    gone(
        status.code() == CloseStatus.ABNORMAL
            ? DisconnectReason.NETWORK
            : DisconnectReason.SERVER_CLOSED,
        new ConnectionLostException(
            "The WebSocket was closed: " + status.code() + " " + status.reason(), true, null));
  }

  @Override
  public void onFailure(TransportException failure) {
    gone(
        switch (failure.category()) {
          case SEND_TIMEOUT, QUEUE_FULL -> DisconnectReason.SEND_TIMEOUT;
          case TOO_LARGE, OTHER -> DisconnectReason.PROTOCOL_ERROR;
          default -> DisconnectReason.NETWORK;
        },
        failure);
  }

  private void gone(DisconnectReason reason, Throwable cause) {
    serial.execute(
        () -> {
          end(reason, cause);
          gone.complete(null);
        });
  }

  // --- frames

  private void received(String text) {
    inbound.decrementAndGet();
    if (ended) {
      return;
    }
    log("<< ", text);
    heartbeat.packet(scheduler.now());
    Frame frame;
    try {
      frame = FrameCodec.decode(text);
    } catch (MalformedFrameException e) {
      listener.onProblem(e);
      return;
    }
    if (frame instanceof Frame.Event event) {
      listener.onEvent(event);
    } else if (frame instanceof Frame.Ack ack) {
      answered(ack);
    } else if (frame instanceof Frame.Heartbeat) {
      send(Frame.HEARTBEAT);
    } else if (frame instanceof Frame.Connect) {
      greeted = true;
      becomeReady();
    } else if (frame instanceof Frame.Disconnect) {
      end(
          DisconnectReason.SERVER_CLOSED,
          new ConnectionLostException("The service ended the session", true, null));
    } else if (frame instanceof Frame.Error error) {
      end(DisconnectReason.SERVER_CLOSED, new ErrorFrameException(error));
    }
  }

  private void answered(Frame.Ack ack) {
    Pending<ClientRequest> pending = correlator.settle(ack.id());
    if (pending == null) {
      // After a deadline this is expected; otherwise somebody should know.
      listener.onProblem(
          new IllegalStateException("An answer came that nobody waits for: ack " + ack.id()));
      return;
    }
    ClientRequest request = pending.ticket();
    ApiResponse response = ApiResponseCodec.decode(ack);
    if (response.status() == 429 && pending.transmissions() < RetryAfter.TRANSMISSIONS) {
      repeatLater(pending, response);
    } else if (response.failed()) {
      request.answer().completeExceptionally(Refusal.of(request.name(), response));
    } else {
      if (rateLimited) {
        rateLimited = false;
        listener.onRateLimitLifted();
      }
      request.answer().complete(response);
    }
  }

  private void repeatLater(Pending<ClientRequest> pending, ApiResponse response) {
    long now = scheduler.now();
    long wait = correlator.park(pending, now, RetryAfter.of(response).toMillis());
    if (!rateLimited) {
      rateLimited = true;
      listener.onRateLimited(pending.ticket().name(), Duration.ofMillis(wait));
    }
    armRequestTimer(now + wait);
  }

  // --- timers

  private void armRequestTimer(long due) {
    if (due < requestTimerDue) {
      requestTimer.cancel();
      requestTimerDue = due;
      Duration delay = Duration.ofMillis(Math.max(0, due - scheduler.now()));
      requestTimer = scheduler.schedule(delay, () -> serial.execute(this::requestsDue));
    }
  }

  private void requestsDue() {
    requestTimerDue = Long.MAX_VALUE;
    if (ended) {
      return;
    }
    long now = scheduler.now();
    for (ClientRequest late : correlator.expire(now)) {
      late.answer().completeExceptionally(new RequestTimeoutException(late.name(), requestTimeout));
    }
    correlator.resend(now).forEach(this::transmit);
    OptionalLong next = correlator.nextDue();
    if (next.isPresent()) {
      armRequestTimer(next.getAsLong());
    }
  }

  private void checkHeartbeat() {
    if (ended) {
      return;
    }
    long remaining = heartbeat.remaining(scheduler.now());
    if (remaining == 0) {
      end(
          DisconnectReason.HEARTBEAT_TIMEOUT,
          new ConnectionLostException("Nothing came from the service for too long", true, null));
    } else {
      heartbeatTimer =
          scheduler.schedule(
              Duration.ofMillis(remaining), () -> serial.execute(this::checkHeartbeat));
    }
  }

  private static void log(String direction, String text) {
    if (WIRE.isLoggable(Level.TRACE)) {
      WIRE.log(Level.TRACE, direction + Redaction.redact(text));
    }
  }
}
