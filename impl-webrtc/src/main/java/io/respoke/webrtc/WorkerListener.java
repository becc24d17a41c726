package io.respoke.webrtc;

import io.respoke.media.MediaKind;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaSessionListener;

/** Tells the parent process what happens to a session. */
final class WorkerListener implements MediaSessionListener {
  private final Worker worker;
  private final int number;

  WorkerListener(Worker worker, int number) {
    this.worker = worker;
    this.number = number;
  }

  private void tell(Wire.News news, Wire.Body body) {
    worker.tell(
        news,
        out -> {
          out.writeInt(number);
          body.writeTo(out);
        });
  }

  @Override
  public void onIceCandidate(IceCandidate candidate) {
    tell(
        Wire.News.CANDIDATE,
        out -> {
          Wire.text(out, candidate.candidate());
          Wire.text(out, candidate.sdpMid());
          out.writeInt(candidate.sdpMLineIndex());
        });
  }

  @Override
  public void onGatheringComplete() {
    tell(Wire.News.GATHERED, out -> {});
  }

  @Override
  public void onConnected() {
    tell(Wire.News.CONNECTED, out -> {});
  }

  @Override
  public void onInterrupted() {
    tell(Wire.News.INTERRUPTED, out -> {});
  }

  @Override
  public void onRemoteMedia(MediaKind kind) {
    tell(Wire.News.MEDIA, out -> Wire.constant(out, kind));
  }

  @Override
  public void onRemoteMediaEnded(MediaKind kind) {
    tell(Wire.News.MEDIA_ENDED, out -> Wire.constant(out, kind));
  }

  @Override
  public void onTone(String tone) {
    tell(Wire.News.TONE, out -> Wire.text(out, tone));
  }

  @Override
  public void onChannelOpen() {
    tell(Wire.News.CHANNEL_OPEN, out -> {});
  }

  @Override
  public void onText(String text) {
    tell(Wire.News.TEXT, out -> Wire.text(out, text));
  }

  @Override
  public void onBytes(byte[] bytes) {
    tell(Wire.News.BYTES, out -> Wire.bytes(out, bytes));
  }

  @Override
  public void onChannelClosed() {
    tell(Wire.News.CHANNEL_CLOSED, out -> {});
  }

  /** The parent has the devices, and tells of them itself. */
  @Override
  public void onDeviceFailed(Throwable failure) {}

  @Override
  public void onFailed(Throwable failure) {
    tell(
        Wire.News.SESSION_FAILED,
        out -> {
          Wire.constant(out, Failures.typed("A media session", failure).reason());
          Wire.text(out, String.valueOf(failure.getMessage()));
        });
  }

  @Override
  public void onClosed() {}
}
