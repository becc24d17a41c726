package io.respoke.webrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import io.respoke.MediaException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The native media engine of one backend, and the threads that may touch it. All calls into it but
 * the pushing of media are made on {@link #nativeThread()}, so that none meets another.
 *
 * <p>The headless audio device would abort the process: it delivers recorded audio of its own into
 * every stream that the application's audio is pushed to at the same moment. A device that already
 * records when the engine registers its audio transport keeps its recordings to itself, while its
 * recording thread goes on asking the transport for what is to be played, and that is what drives
 * the sinks. So it is started before the factory is made, and started again whenever the engine may
 * have stopped it. It is never started or stopped while a negotiation runs, for that is when the
 * engine does so itself.
 */
final class Engine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());
  private static final long ANSWER_SECONDS = 10;
  private static final long CLOSE_SECONDS = 5;

  private final ScheduledThreadPoolExecutor nativeThread;
  private final ExecutorService applicationThreads = Threads.application();
  private final MediaClock audioClock;
  private final MediaClock videoClock;
  private final HeadlessAudioDeviceModule device;
  private final PeerConnectionFactory factory;
  private int changing;
  private int audioSessions;

  private Engine(HeadlessAudioDeviceModule device, PeerConnectionFactory factory) {
    this.device = device;
    this.factory = factory;
    nativeThread = new ScheduledThreadPoolExecutor(1, Threads.named("respoke-webrtc-native"));
    nativeThread.setRemoveOnCancelPolicy(true);
    nativeThread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    audioClock = new MediaClock("respoke-webrtc-audio", applicationThreads);
    videoClock = new MediaClock("respoke-webrtc-video", applicationThreads);
  }

  /**
   * Loads native code and starts it.
   *
   * @throws MediaException {@code UNAVAILABLE}
   */
  static Engine start() {
    NativeLibrary.requirePresent();
    Instant began = Instant.now();
    try {
      HeadlessAudioDeviceModule device = new HeadlessAudioDeviceModule();
      device.initRecording();
      device.startRecording();
      PeerConnectionFactory factory = new PeerConnectionFactory(device);
      device.stopRecording();
      return new Engine(device, factory);
    } catch (Throwable e) {
      throw NativeLibrary.unavailable(e, began);
    }
  }

  PeerConnectionFactory factory() {
    return factory;
  }

  ScheduledExecutorService nativeThread() {
    return nativeThread;
  }

  /** For what belongs to the application and may block. */
  ExecutorService applicationThreads() {
    return applicationThreads;
  }

  MediaClock audioClock() {
    return audioClock;
  }

  MediaClock videoClock() {
    return videoClock;
  }

  /** From a native callback, out of which nothing may be thrown. False when it is too late. */
  boolean later(Runnable task) {
    try {
      nativeThread.execute(task);
      return true;
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.DEBUG, "Too late for the media engine", e);
      return false;
    }
  }

  // On the native thread only

  CompletableFuture<RTCSessionDescription> create(RTCPeerConnection peer, boolean offer) {
    CompletableFuture<RTCSessionDescription> created = new CompletableFuture<>();
    CreateSessionDescriptionObserver observer =
        new CreateSessionDescriptionObserver() {
          @Override
          public void onSuccess(RTCSessionDescription description) {
            later(() -> created.complete(description));
          }

          @Override
          public void onFailure(String error) {
            later(() -> created.completeExceptionally(new NativeFailure(error)));
          }
        };
    if (offer) {
      peer.createOffer(new RTCOfferOptions(), observer);
    } else {
      peer.createAnswer(new RTCAnswerOptions(), observer);
    }
    return created.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS);
  }

  CompletableFuture<Void> set(
      RTCPeerConnection peer, boolean local, RTCSessionDescription description) {
    CompletableFuture<Void> set = new CompletableFuture<>();
    SetSessionDescriptionObserver observer =
        new SetSessionDescriptionObserver() {
          @Override
          public void onSuccess() {
            later(() -> set.complete(null));
          }

          @Override
          public void onFailure(String error) {
            later(() -> set.completeExceptionally(new NativeFailure(error)));
          }
        };
    changing++;
    CompletableFuture<Void> settled =
        set.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
            .whenCompleteAsync((done, failure) -> changed(), nativeThread);
    try {
      if (local) {
        peer.setLocalDescription(description, observer);
      } else {
        peer.setRemoteDescription(description, observer);
      }
    } catch (Throwable e) {
      set.completeExceptionally(new NativeFailure(String.valueOf(e.getMessage())));
    }
    return settled;
  }

  /** Closes a peer connection, which may stop the audio device. */
  void close(RTCPeerConnection peer) {
    changing++;
    try {
      peer.close();
    } finally {
      changed();
    }
  }

  /** A session uses audio now, or does not any more. */
  void usesAudio(boolean uses) {
    audioSessions += uses ? 1 : -1;
    driveSinks();
  }

  private void changed() {
    changing--;
    driveSinks();
  }

  private void driveSinks() {
    if (changing > 0) {
      return;
    }
    try {
      if (audioSessions > 0) {
        device.initRecording();
        device.startRecording();
      } else {
        device.stopRecording();
      }
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "The audio device could not be driven", e);
    }
  }

  /** After all sessions are closed. Blocks, but not for ever. */
  @Override
  public void close() {
    audioClock.close();
    videoClock.close();
    try {
      nativeThread.execute(
          () -> {
            dispose("factory", factory::dispose);
            dispose("audio device", device::dispose);
          });
      nativeThread.shutdown();
      if (!nativeThread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "The media engine has not ended within " + CLOSE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** webrtc-java complains by an {@code Error} about references that others still hold. */
  static void dispose(String what, Runnable dispose) {
    try {
      dispose.run();
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.DEBUG, "Disposing of the " + what, e);
    }
  }

  /** The engine refused something, in its own words. */
  static final class NativeFailure extends Exception {
    private static final long serialVersionUID = 1L;

    NativeFailure(String message) {
      super(message);
    }
  }
}
