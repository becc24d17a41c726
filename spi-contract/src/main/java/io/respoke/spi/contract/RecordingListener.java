package io.respoke.spi.contract;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportListener;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls of a transport and finds those that break the rules of {@link
 * TransportListener}: two at the same time, one before {@code onOpen}, one after the last; and
 * those on the common pool, which belongs to the application.
 */
public final class RecordingListener implements TransportListener {
  private record Call(
      String name,
      @Nullable String text,
      @Nullable CloseStatus status,
      @Nullable TransportException failure) {
    @Override
    public String toString() {
      String shown = text == null || text.length() < 100 ? text : text.length() + " characters";
      return name
          + (text != null ? " " + shown : status != null ? " " + status : "")
          + (failure != null ? " " + failure.category() + " " + failure.getMessage() : "");
    }
  }

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Thread> caller = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Runnable whenOpen = () -> {};
  private volatile Consumer<String> whenText = text -> {};
  private volatile boolean open;

  RecordingListener() {}

  @Override
  public void onOpen() {
    call(new Call("onOpen", null, null, null), whenOpen);
  }

  @Override
  public void onText(String text) {
    call(new Call("onText", text, null, null), () -> whenText.accept(text));
  }

  @Override
  public void onClosed(CloseStatus status) {
    call(new Call("onClosed", null, status, null), () -> {});
  }

  @Override
  public void onFailure(TransportException failure) {
    call(new Call("onFailure", null, null, failure), () -> {});
  }

  private void call(Call call, Runnable reaction) {
    Thread other = caller.getAndSet(Thread.currentThread());
    if (other != null && other != Thread.currentThread()) {
      violations.add(call + " during another call, on " + other.getName());
    } else if (other != null) {
      violations.add(call + " from within another call");
    }
    if (Thread.currentThread().getName().startsWith("ForkJoinPool.commonPool-")) {
      violations.add(call + " on the common pool");
    }
    boolean last = call.status != null || call.failure != null;
    if (ended.getCount() == 0) {
      violations.add(call + " after the last call");
    } else if (call.name.equals("onOpen") == open && call.failure == null) {
      violations.add(call + (open ? " while open" : " before onOpen"));
    }
    if (call.name.equals("onOpen")) {
      open = true;
    }
    calls.add(call);
    try {
      reaction.run();
    } finally {
      caller.set(other);
      if (last) {
        ended.countDown();
      }
    }
  }

  void whenOpen(Runnable reaction) {
    whenOpen = reaction;
  }

  void whenText(Consumer<String> reaction) {
    whenText = reaction;
  }

  /** Waits for {@code onOpen}, which must be the next call. */
  public void opened() {
    next("onOpen");
  }

  /** Waits for a text, which must be the next call. */
  public String text() {
    String text = next("onText").text;
    return text == null ? "" : text;
  }

  /** Waits for {@code onClosed}, which must be the next call. */
  public CloseStatus closed() {
    Call call = next("onClosed");
    return call.status == null ? new CloseStatus(0, "") : call.status;
  }

  /** Waits for {@code onFailure}, which must be the next call. */
  public TransportException failed() {
    Call call = next("onFailure");
    if (call.failure == null) {
      throw new AssertionError(call);
    }
    return call.failure;
  }

  /** Waits for the last call, whatever comes before it. */
  public void ended() {
    try {
      if (!ended.await(ContractPeer.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("no last call; so far: " + calls);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /** What the transport did wrong, each as a sentence. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  private Call next(String name) {
    Call call = ContractServer.take(calls, "no call of " + name);
    if (!call.name.equals(name)) {
      throw new AssertionError("expected " + name + " but was " + call, call.failure);
    }
    return call;
  }
}
