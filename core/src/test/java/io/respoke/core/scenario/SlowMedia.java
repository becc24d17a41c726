package io.respoke.core.scenario;

import io.respoke.Tones;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.media.MediaStats;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import io.respoke.spi.SessionDescription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Media that negotiates at once, and does everything else when the test says so. */
final class SlowMedia implements MediaBackend, MediaSession {
  final CompletableFuture<Void> muted = new CompletableFuture<>();
  final CompletableFuture<String> cancelled = new CompletableFuture<>();
  final CompletableFuture<MediaStats> measured = new CompletableFuture<>();

  @Override
  public CompletionStage<MediaSession> open(MediaRequest request, MediaSessionListener listener) {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public CompletionStage<SessionDescription> createOffer() {
    return CompletableFuture.completedFuture(
        new SessionDescription(SessionDescription.Type.OFFER, "v=0\r\ns=offer\r\n"));
  }

  @Override
  public CompletionStage<SessionDescription> createAnswer() {
    return CompletableFuture.completedFuture(
        new SessionDescription(SessionDescription.Type.ANSWER, "v=0\r\ns=answer\r\n"));
  }

  @Override
  public CompletionStage<Void> setRemoteDescription(SessionDescription description) {
    return done();
  }

  @Override
  public CompletionStage<Void> rollback() {
    return done();
  }

  @Override
  public CompletionStage<Void> addIceCandidate(IceCandidate candidate) {
    return done();
  }

  @Override
  public CompletionStage<Void> change(MediaConstraints constraints, MediaDevices devices) {
    return done();
  }

  @Override
  public CompletionStage<Void> setMuted(MediaKind kind, MediaFlow flow, boolean wanted) {
    return muted;
  }

  @Override
  public CompletionStage<Void> sendTones(Tones tones) {
    return done();
  }

  @Override
  public CompletionStage<String> cancelTones() {
    return cancelled;
  }

  @Override
  public CompletionStage<MediaStats> statistics() {
    return measured;
  }

  @Override
  public CompletionStage<Void> sendText(String text) {
    return done();
  }

  @Override
  public CompletionStage<Void> sendBytes(byte[] bytes) {
    return done();
  }

  @Override
  public long bufferedAmount() {
    return 0;
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}
}
