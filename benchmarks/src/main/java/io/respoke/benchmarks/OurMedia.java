package io.respoke.benchmarks;

import io.respoke.ClientOptions;
import io.respoke.media.AudioFormat;
import io.respoke.media.AudioSource;
import io.respoke.media.MediaKind;
import io.respoke.media.VideoFormat;
import io.respoke.media.VideoSource;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaConstraints.Direction;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import io.respoke.webrtc.WebRtcBackendProvider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Our backend, in this process or in a worker. */
final class OurMedia implements MediaEngine {
  private static final int ROOM = 4 << 20;

  private final MediaBackend backend;

  OurMedia(String isolation) {
    backend =
        new WebRtcBackendProvider()
            .backend(
                ClientOptions.builder()
                    .baseUrl("http://127.0.0.1")
                    .appId("benchmark")
                    .attribute("respoke.webrtc.isolation", isolation)
                    .build());
  }

  @Override
  public Call call(boolean audio) throws Exception {
    MediaConstraints constraints =
        new MediaConstraints(audio ? Direction.SEND_RECEIVE : Direction.NONE, Direction.NONE, true);
    Peer caller = new Peer();
    Peer callee = new Peer();
    caller.session = open(constraints, caller.devices(audio), caller);
    callee.session = open(constraints, callee.devices(audio), callee);
    return connect(caller, callee);
  }

  @Override
  public Call video(int width, int height, int framesPerSecond, AtomicLong sent, AtomicLong seen)
      throws Exception {
    VideoSource camera =
        new VideoSource() {
          @Override
          public VideoFormat format() {
            return new VideoFormat(width, height, framesPerSecond);
          }

          @Override
          public boolean read(byte[] i420) {
            java.util.Arrays.fill(i420, (byte) (sent.incrementAndGet() * 3));
            return true;
          }
        };
    MediaConstraints video = new MediaConstraints(Direction.NONE, Direction.SEND_RECEIVE, true);
    Peer caller = new Peer();
    Peer callee = new Peer();
    caller.session =
        open(
            video,
            new MediaDevices(
                Optional.empty(), Optional.empty(), Optional.of(camera), Optional.empty()),
            caller);
    callee.session =
        open(
            video,
            new MediaDevices(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(frame -> seen.incrementAndGet())),
            callee);
    return connect(caller, callee);
  }

  private Call connect(Peer caller, Peer callee) throws Exception {
    caller.other = callee;
    callee.other = caller;
    long began = System.nanoTime();
    done(callee.session.setRemoteDescription(done(caller.session.createOffer())));
    done(caller.session.setRemoteDescription(done(callee.session.createAnswer())));
    await(caller.connected);
    await(callee.connected);
    long connected = System.nanoTime();
    await(caller.open);
    await(callee.open);
    return new Call(
        caller,
        callee,
        connected - began,
        () -> {
          caller.session.close();
          callee.session.close();
          await(caller.closed);
          await(callee.closed);
        });
  }

  private MediaSession open(MediaConstraints constraints, MediaDevices devices, Peer peer)
      throws Exception {
    return done(
        backend.open(
            new MediaRequest("call", constraints, devices, List.of(), false, Optional.empty()),
            peer));
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing has happened for 30 s");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Peer implements End, MediaSessionListener {
    final CountDownLatch connected = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong heard = new AtomicLong();
    private final Semaphore room = new Semaphore(ROOM);
    private volatile Consumer<byte[]> receiver = bytes -> {};
    volatile Peer other;
    volatile MediaSession session;

    MediaDevices devices(boolean audio) {
      if (!audio) {
        return MediaDevices.none();
      }
      AudioSource hum =
          new AudioSource() {
            @Override
            public AudioFormat format() {
              return AudioFormat.MONO_48K;
            }

            @Override
            public boolean read(short[] samples) {
              MediaLoad.hum(samples);
              return true;
            }
          };
      return new MediaDevices(
          Optional.of(hum),
          Optional.of(frame -> heard.incrementAndGet()),
          Optional.empty(),
          Optional.empty());
    }

    @Override
    public void send(byte[] bytes) {
      room.acquireUninterruptibly(bytes.length);
      session.sendBytes(bytes).whenComplete((done, failure) -> room.release(bytes.length));
    }

    @Override
    public void receiver(Consumer<byte[]> now) {
      receiver = now;
    }

    @Override
    public long heard() {
      return heard.get();
    }

    @Override
    public void onIceCandidate(IceCandidate candidate) {
      other.session.addIceCandidate(candidate);
    }

    @Override
    public void onConnected() {
      connected.countDown();
    }

    @Override
    public void onChannelOpen() {
      open.countDown();
    }

    @Override
    public void onBytes(byte[] bytes) {
      receiver.accept(bytes);
    }

    @Override
    public void onClosed() {
      closed.countDown();
    }

    @Override
    public void onFailed(Throwable failure) {
      failure.printStackTrace();
    }

    @Override
    public void onGatheringComplete() {}

    @Override
    public void onInterrupted() {}

    @Override
    public void onRemoteMedia(MediaKind kind) {}

    @Override
    public void onRemoteMediaEnded(MediaKind kind) {}

    @Override
    public void onTone(String tone) {}

    @Override
    public void onText(String text) {}

    @Override
    public void onChannelClosed() {}

    @Override
    public void onDeviceFailed(Throwable failure) {}
  }
}
