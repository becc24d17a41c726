package io.respoke.webrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import io.respoke.DirectConnection;
import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The data channel of a session, with what native code lacks: a limit for one message (it would
 * close the channel), a limit for all that wait (it would close it too), and the news that
 * something has left (it never tells, so it is asked).
 */
final class DataChannel implements RTCDataChannelObserver {
  /** The label that every Respoke client uses. */
  static final String LABEL = "respokeDataChannel";

  /** How much may wait to be sent. */
  static final long MAX_WAITING_BYTES = 8L << 20;

  private static final System.Logger LOG = System.getLogger(DataChannel.class.getName());
  private static final int MAX_WAITING_MESSAGES = 65_536;
  private static final long NATIVE_BYTES = 1L << 20;
  private static final long POLL_MILLIS = 1;

  private static final class Message extends CompletableFuture<Void> {
    final byte[] bytes;
    final boolean binary;
    long end;

    Message(byte[] bytes, boolean binary) {
      this.bytes = bytes;
      this.binary = binary;
    }
  }

  private final String session;
  private final SessionEvents events;
  private final ScheduledExecutorService nativeThread;
  private final Runnable overflow;
  private final ArrayDeque<Message> waiting = new ArrayDeque<>();
  private final ArrayDeque<Message> flying = new ArrayDeque<>();
  private @Nullable RTCDataChannel channel;
  private boolean open;
  private boolean ended;
  private boolean pumping;
  private long waitingBytes;
  private long sentBytes;

  DataChannel(
      String session,
      SessionEvents events,
      ScheduledExecutorService nativeThread,
      Runnable overflow) {
    this.session = session;
    this.events = events;
    this.nativeThread = nativeThread;
    this.overflow = overflow;
  }

  synchronized boolean isAttached() {
    return channel != null;
  }

  /** Also within the callback that brings a channel, so that nothing it carries is missed. */
  void attach(RTCDataChannel attached) {
    synchronized (this) {
      channel = attached;
    }
    attached.registerObserver(this);
    look();
  }

  CompletionStage<Void> send(byte[] bytes, boolean binary) {
    Message message = new Message(bytes, binary);
    MediaException refused = null;
    boolean pump = false;
    synchronized (this) {
      if (bytes.length > DirectConnection.MAX_MESSAGE_BYTES) {
        refused =
            new MediaException(
                Reason.TOO_LARGE,
                "A message of "
                    + bytes.length
                    + " bytes is larger than "
                    + DirectConnection.MAX_MESSAGE_BYTES);
      } else if (ended || !open) {
        refused =
            Failures.state(
                "The data channel of " + session + (ended ? " is closed" : " is not open yet"));
      } else if (waitingBytes + bytes.length > MAX_WAITING_BYTES
          || waiting.size() + flying.size() >= MAX_WAITING_MESSAGES) {
        refused =
            new MediaException(
                Reason.BACK_PRESSURE,
                waitingBytes
                    + " bytes wait to be sent over the data channel of "
                    + session
                    + "; wait for the stages of messages before");
      } else {
        waiting.add(message);
        waitingBytes += bytes.length;
        pump = !pumping;
        pumping = true;
      }
    }
    if (refused != null) {
      message.completeExceptionally(refused);
    } else if (pump) {
      pumpAfter(0);
    }
    return message.minimalCompletionStage();
  }

  synchronized long bufferedAmount() {
    return waitingBytes;
  }

  private void pumpAfter(long millis) {
    try {
      nativeThread.schedule(this::pump, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      end(Failures.closed(session));
    }
  }

  private void pump() {
    RTCDataChannel to;
    List<Message> left = new ArrayList<>();
    synchronized (this) {
      to = channel;
      if (ended || to == null) {
        pumping = false;
        return;
      }
    }
    try {
      long buffered = to.getBufferedAmount();
      for (Message next = next(buffered); next != null; next = next(buffered)) {
        // An array of exactly its size: native code ignores position and limit.
        to.send(new RTCDataChannelBuffer(ByteBuffer.wrap(next.bytes), next.binary));
        buffered = to.getBufferedAmount();
      }
      boolean again;
      synchronized (this) {
        while (!flying.isEmpty()
            && (buffered == 0 || flying.element().end <= sentBytes - buffered)) {
          Message gone = flying.remove();
          waitingBytes -= gone.bytes.length;
          left.add(gone);
        }
        again = !flying.isEmpty() || !waiting.isEmpty();
        pumping = again;
      }
      if (!left.isEmpty()) {
        events.settle(() -> left.forEach(gone -> gone.complete(null)));
      }
      if (again) {
        pumpAfter(POLL_MILLIS);
      }
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.DEBUG, "Sending over the data channel of " + session, e);
      closedByPeer();
    }
  }

  /** Counts as flying before it is sent: closing meanwhile, or a refusal, has to find it. */
  private synchronized @Nullable Message next(long buffered) {
    Message next = !ended && buffered < NATIVE_BYTES ? waiting.poll() : null;
    if (next != null) {
      sentBytes += next.bytes.length;
      next.end = sentBytes;
      flying.add(next);
    }
    return next;
  }

  private void look() {
    RTCDataChannel at;
    synchronized (this) {
      at = channel;
      if (ended || at == null) {
        return;
      }
    }
    switch (at.getState()) {
      case OPEN -> opened();
      case CLOSING, CLOSED -> closedByPeer();
      default -> {}
    }
  }

  private void opened() {
    synchronized (this) {
      if (open || ended) {
        return;
      }
      open = true;
    }
    events.tell(listener -> listener.onChannelOpen());
  }

  private void closedByPeer() {
    if (end(Failures.state("The data channel of " + session + " is closed"))) {
      events.tell(listener -> listener.onChannelClosed());
    }
  }

  /** Nothing is sent any more; what waits fails. */
  boolean end(MediaException failure) {
    List<Message> unsent = new ArrayList<>();
    synchronized (this) {
      if (ended) {
        return false;
      }
      ended = true;
      unsent.addAll(flying);
      unsent.addAll(waiting);
      flying.clear();
      waiting.clear();
      waitingBytes = 0;
    }
    events.settle(() -> unsent.forEach(message -> message.completeExceptionally(failure)));
    return true;
  }

  /** On the native thread. */
  void dispose() {
    RTCDataChannel at;
    synchronized (this) {
      at = channel;
      channel = null;
    }
    if (at != null) {
      Engine.dispose("data channel's observer", at::unregisterObserver);
      Engine.dispose("data channel", at::close);
      Engine.dispose("data channel", at::dispose);
    }
  }

  // Callbacks from native code, which end the process when they throw

  @Override
  public void onBufferedAmountChange(long previousAmount) {}

  @Override
  public void onStateChange() {
    try {
      nativeThread.execute(this::look);
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.DEBUG, "Too late to look at the data channel", e);
    }
  }

  @Override
  public void onMessage(RTCDataChannelBuffer buffer) {
    try {
      // Native memory that is gone when this returns.
      byte[] bytes = new byte[buffer.data.remaining()];
      buffer.data.get(bytes);
      opened();
      boolean binary = buffer.binary;
      boolean told =
          events.tellMessage(
              bytes.length,
              listener -> {
                if (binary) {
                  listener.onBytes(bytes);
                } else {
                  listener.onText(new String(bytes, StandardCharsets.UTF_8));
                }
              });
      if (!told) {
        overflow.run();
      }
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "A received message could not be handed over", e);
    }
  }
}
