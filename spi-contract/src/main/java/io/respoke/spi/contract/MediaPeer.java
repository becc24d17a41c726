package io.respoke.spi.contract;

import io.respoke.MediaException;
import io.respoke.media.MediaKind;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import io.respoke.spi.SessionDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One side of a media session under test: it records what its listener is told, finds calls that
 * break the rules, and passes its candidates to the other side.
 */
final class MediaPeer implements MediaSessionListener {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> told = new ArrayList<>();
  private final List<IceCandidate> candidates = new ArrayList<>();
  private final List<byte[]> bytes = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private @Nullable MediaPeer other;
  private @Nullable MediaSession session;
  private boolean inCall;
  private boolean throwing;
  private @Nullable CountDownLatch blockedUntil;

  static MediaPeer open(MediaBackend backend, MediaRequest request) {
    MediaPeer peer = new MediaPeer();
    peer.session = done(backend.open(request, peer));
    return peer;
  }

  MediaSession session() {
    if (session == null) {
      throw new AssertionError("not open");
    }
    return session;
  }

  /** From now on throws out of every call, as a listener must not. */
  synchronized void throwAlways() {
    throwing = true;
  }

  /** From now on every call blocks until then, as a listener must not. */
  synchronized void blockUntil(CountDownLatch release) {
    blockedUntil = release;
  }

  /** Each other's candidates reach the other, as soon as they are found. */
  static void introduce(MediaPeer a, MediaPeer b) {
    a.passTo(b);
    b.passTo(a);
  }

  private void passTo(MediaPeer to) {
    List<IceCandidate> before;
    synchronized (this) {
      other = to;
      before = List.copyOf(candidates);
    }
    before.forEach(to.session()::addIceCandidate);
  }

  /** Gives this side again what the other has found so far. */
  void passCandidatesOf(MediaPeer from) {
    from.passTo(this);
  }

  /** An offer from here, its answer from there. */
  void negotiateWith(MediaPeer answerer) {
    SessionDescription offer = done(session().createOffer());
    done(answerer.session().setRemoteDescription(offer));
    SessionDescription answer = done(answerer.session().createAnswer());
    done(session().setRemoteDescription(answer));
  }

  // Waiting

  static <T extends @Nullable Object> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError("failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a stage has not ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  static void awaitLatch(String what, CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("no " + what);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  static void join(Thread thread) {
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      throw new AssertionError("a thread has not ended");
    }
  }

  /** What a stage fails with; every failure must be typed and say something. */
  static MediaException.Reason reason(CompletionStage<?> stage) {
    try {
      Object result =
          stage.toCompletableFuture().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
      throw new AssertionError("did not fail, but ended with " + result);
    } catch (CompletionException e) {
      if (e.getCause() instanceof MediaException typed
          && !String.valueOf(typed.getMessage()).isBlank()) {
        return typed.reason();
      }
      throw new AssertionError("failed without a type: " + e.getCause(), e);
    }
  }

  void await(String call) {
    await("the call " + call, () -> told.contains(call));
  }

  void awaitCount(String call, int count) {
    await(count + " calls of " + call, () -> count(call) >= count);
  }

  void awaitMatch(String what, Predicate<List<String>> condition) {
    await(what, () -> condition.test(told));
  }

  synchronized void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("no " + what + "; so far: " + told + " " + failures);
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  synchronized int count(String call) {
    return (int) told.stream().filter(call::equals).count();
  }

  synchronized List<String> told() {
    return List.copyOf(told);
  }

  synchronized List<IceCandidate> candidates() {
    return List.copyOf(candidates);
  }

  synchronized List<byte[]> bytes() {
    return List.copyOf(bytes);
  }

  synchronized List<Throwable> failures() {
    return List.copyOf(failures);
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  // What is told

  private void call(String call, Runnable record) {
    boolean thrown;
    CountDownLatch release;
    synchronized (this) {
      if (inCall) {
        violations.add(call + " during another call");
      }
      if (told.contains("closed")) {
        violations.add(call + " after the last call");
      }
      inCall = true;
    }
    synchronized (this) {
      told.add(call);
      record.run();
      inCall = false;
      thrown = throwing;
      release = blockedUntil;
      notifyAll();
    }
    if (release != null) {
      awaitLatch("release of a listener", release);
    }
    if (thrown) {
      throw new IllegalStateException("a listener that throws, as the test wants it");
    }
  }

  @Override
  public void onIceCandidate(IceCandidate candidate) {
    MediaPeer[] to = new MediaPeer[1];
    try {
      call(
          "candidate",
          () -> {
            candidates.add(candidate);
            to[0] = other;
          });
    } finally {
      if (to[0] != null) {
        to[0].session().addIceCandidate(candidate);
      }
    }
  }

  @Override
  public void onGatheringComplete() {
    call("gathered", () -> {});
  }

  @Override
  public void onConnected() {
    call("connected", () -> {});
  }

  @Override
  public void onInterrupted() {
    call("interrupted", () -> {});
  }

  @Override
  public void onRemoteMedia(MediaKind kind) {
    call("media " + kind, () -> {});
  }

  @Override
  public void onRemoteMediaEnded(MediaKind kind) {
    call("no media " + kind, () -> {});
  }

  @Override
  public void onTone(String tone) {
    call("tone " + tone, () -> {});
  }

  @Override
  public void onChannelOpen() {
    call("open", () -> {});
  }

  @Override
  public void onText(String text) {
    call("text " + text, () -> {});
  }

  @Override
  public void onBytes(byte[] received) {
    call("bytes " + received.length, () -> bytes.add(received));
  }

  @Override
  public void onChannelClosed() {
    call("channel closed", () -> {});
  }

  @Override
  public void onDeviceFailed(Throwable failure) {
    call("device failed", () -> failures.add(failure));
  }

  @Override
  public void onFailed(Throwable failure) {
    call("failed", () -> failures.add(failure));
  }

  @Override
  public void onClosed() {
    call("closed", () -> {});
  }
}
