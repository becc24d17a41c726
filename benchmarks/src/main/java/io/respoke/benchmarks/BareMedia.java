package io.respoke.benchmarks;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** webrtc-java with as little around it as works. */
final class BareMedia implements MediaEngine {
  private static final long ROOM = 1 << 20;

  private final HeadlessAudioDeviceModule device = new HeadlessAudioDeviceModule();
  private final PeerConnectionFactory factory;
  private final Set<CustomAudioSource> sources = new CopyOnWriteArraySet<>();

  BareMedia() {
    // A device that records before the factory is made keeps its recordings to itself.
    device.initRecording();
    device.startRecording();
    factory = new PeerConnectionFactory(device);
    Thread pusher = new Thread(this::push, "pusher");
    pusher.setDaemon(true);
    pusher.start();
  }

  private void push() {
    short[] samples = new short[480];
    MediaLoad.hum(samples);
    byte[] bytes = new byte[960];
    ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(samples);
    for (long next = System.nanoTime(); ; next += 10_000_000) {
      synchronized (sources) {
        sources.forEach(source -> source.pushAudio(bytes, 16, 48_000, 1, 480));
      }
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  @Override
  public Call call(boolean audio) throws Exception {
    return call(new Peer(audio), new Peer(audio), audio);
  }

  @Override
  public Call video(int width, int height, int framesPerSecond, AtomicLong sent, AtomicLong seen)
      throws Exception {
    Peer caller = new Peer(false);
    CustomVideoSource source = new CustomVideoSource();
    caller.peer.addTrack(factory.createVideoTrack("video", source), List.of("stream"));
    Peer callee = new Peer(false);
    callee.seen = seen;
    Call call = call(caller, callee, false);
    Thread filmer = new Thread(() -> film(source, width, height, framesPerSecond, sent), "filmer");
    filmer.setDaemon(true);
    filmer.start();
    return call;
  }

  /** Until the process ends. */
  private static void film(
      CustomVideoSource source, int width, int height, int framesPerSecond, AtomicLong sent) {
    byte[] plane = new byte[width * height];
    for (long next = System.nanoTime(); ; next += 1_000_000_000 / framesPerSecond) {
      Arrays.fill(plane, (byte) (sent.incrementAndGet() * 3));
      NativeI420Buffer buffer = NativeI420Buffer.allocate(width, height);
      buffer.getDataY().put(plane);
      buffer.getDataU().put(plane, 0, plane.length / 4);
      buffer.getDataV().put(plane, 0, plane.length / 4);
      VideoFrame frame = new VideoFrame(buffer, System.nanoTime());
      source.pushFrame(frame);
      frame.release();
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private Call call(Peer caller, Peer callee, boolean audio) throws Exception {
    caller.other = callee;
    callee.other = caller;
    caller.channel(caller.peer.createDataChannel("data", new RTCDataChannelInit()));
    long began = System.nanoTime();
    RTCSessionDescription offer = caller.describe(true);
    callee.remote(offer);
    RTCSessionDescription answer = callee.describe(false);
    caller.remote(answer);
    OurMedia.await(caller.connected);
    OurMedia.await(callee.connected);
    long connected = System.nanoTime();
    OurMedia.await(caller.open);
    OurMedia.await(callee.open);
    if (audio) {
      caller.talk();
      callee.talk();
    }
    return new Call(
        caller,
        callee,
        connected - began,
        () -> {
          caller.close();
          callee.close();
        });
  }

  private final class Peer implements End, PeerConnectionObserver, RTCDataChannelObserver {
    final CountDownLatch connected = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
    private final RTCPeerConnection peer;
    private final List<RTCIceCandidate> early = new ArrayList<>();
    private final AtomicLong heard = new AtomicLong();
    private CustomAudioSource source;
    private boolean described;
    private volatile RTCDataChannel channel;
    private volatile Consumer<byte[]> receiver = bytes -> {};
    private volatile Peer other;
    private volatile AtomicLong seen = new AtomicLong();

    Peer(boolean audio) {
      peer = factory.createPeerConnection(new RTCConfiguration(), this);
      if (audio) {
        source = new CustomAudioSource();
        peer.addTrack(factory.createAudioTrack("audio", source), List.of("stream"));
      }
    }

    void talk() {
      synchronized (sources) {
        sources.add(source);
      }
    }

    RTCSessionDescription describe(boolean offer) throws Exception {
      CompletableFuture<RTCSessionDescription> made = new CompletableFuture<>();
      CreateSessionDescriptionObserver observer =
          new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
              made.complete(description);
            }

            @Override
            public void onFailure(String error) {
              made.completeExceptionally(new IllegalStateException(error));
            }
          };
      if (offer) {
        peer.createOffer(new RTCOfferOptions(), observer);
      } else {
        peer.createAnswer(new RTCAnswerOptions(), observer);
      }
      RTCSessionDescription description = made.get(30, TimeUnit.SECONDS);
      Applied applied = new Applied();
      peer.setLocalDescription(description, applied);
      applied.get(30, TimeUnit.SECONDS);
      return description;
    }

    void remote(RTCSessionDescription description) throws Exception {
      Applied applied = new Applied();
      peer.setRemoteDescription(description, applied);
      applied.get(30, TimeUnit.SECONDS);
      synchronized (early) {
        described = true;
        early.forEach(peer::addIceCandidate);
      }
    }

    void channel(RTCDataChannel now) {
      channel = now;
      now.registerObserver(this);
      onStateChange();
    }

    @Override
    public void send(byte[] bytes) {
      while (channel.getBufferedAmount() > ROOM) {
        LockSupport.parkNanos(100_000);
      }
      try {
        channel.send(new RTCDataChannelBuffer(ByteBuffer.wrap(bytes), true));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void receiver(Consumer<byte[]> now) {
      receiver = now;
    }

    @Override
    public long heard() {
      return heard.get();
    }

    void close() {
      if (source != null) {
        synchronized (sources) {
          sources.remove(source);
        }
      }
      channel.unregisterObserver();
      peer.close();
      if (source != null) {
        source.dispose();
      }
    }

    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {
      synchronized (other.early) {
        if (other.described) {
          other.peer.addIceCandidate(candidate);
        } else {
          other.early.add(candidate);
        }
      }
    }

    @Override
    public void onConnectionChange(RTCPeerConnectionState state) {
      if (state == RTCPeerConnectionState.CONNECTED) {
        connected.countDown();
      }
    }

    @Override
    public void onDataChannel(RTCDataChannel brought) {
      channel(brought);
    }

    @Override
    public void onTrack(RTCRtpTransceiver transceiver) {
      if (transceiver.getReceiver().getTrack() instanceof AudioTrack track) {
        track.addSink((data, bits, rate, channels, frames) -> heard.incrementAndGet());
      } else if (transceiver.getReceiver().getTrack() instanceof VideoTrack track) {
        track.addSink(
            frame -> {
              seen.incrementAndGet();
              frame.release();
            });
      }
    }

    @Override
    public void onBufferedAmountChange(long previousAmount) {}

    @Override
    public void onStateChange() {
      if (channel.getState() == RTCDataChannelState.OPEN) {
        open.countDown();
      }
    }

    @Override
    public void onMessage(RTCDataChannelBuffer buffer) {
      byte[] bytes = new byte[buffer.data.remaining()];
      buffer.data.get(bytes);
      receiver.accept(bytes);
    }
  }

  private static final class Applied extends CompletableFuture<Void>
      implements SetSessionDescriptionObserver {
    @Override
    public void onSuccess() {
      complete(null);
    }

    @Override
    public void onFailure(String error) {
      completeExceptionally(new IllegalStateException(error));
    }
  }
}
