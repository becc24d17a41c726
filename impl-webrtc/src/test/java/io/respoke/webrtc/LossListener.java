package io.respoke.webrtc;

import io.respoke.MediaException;
import io.respoke.media.MediaKind;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Records what a session says of its end, and passes its candidates on. */
final class LossListener implements MediaSessionListener {
  private final List<String> told = new ArrayList<>();
  private volatile @Nullable MediaSession other;

  void passTo(MediaSession session) {
    other = session;
  }

  synchronized void await(String call) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!told.contains(call)) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("no " + call + "; so far " + told);
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  synchronized List<String> told() {
    return List.copyOf(told);
  }

  private synchronized void tell(String call) {
    told.add(call);
    notifyAll();
  }

  @Override
  public void onIceCandidate(IceCandidate candidate) {
    MediaSession to = other;
    if (to != null) {
      to.addIceCandidate(candidate);
    }
  }

  @Override
  public void onGatheringComplete() {}

  @Override
  public void onConnected() {
    tell("connected");
  }

  @Override
  public void onInterrupted() {}

  @Override
  public void onRemoteMedia(MediaKind kind) {}

  @Override
  public void onRemoteMediaEnded(MediaKind kind) {}

  @Override
  public void onTone(String tone) {}

  @Override
  public void onChannelOpen() {
    tell("open");
  }

  @Override
  public void onText(String text) {}

  @Override
  public void onBytes(byte[] bytes) {}

  @Override
  public void onChannelClosed() {}

  @Override
  public void onDeviceFailed(Throwable failure) {
    tell("device failed");
  }

  @Override
  public void onFailed(Throwable failure) {
    tell("failed " + (failure instanceof MediaException typed ? typed.reason() : "without a type"));
  }

  @Override
  public void onClosed() {
    tell("closed");
  }
}
