package io.respoke.webrtc;

import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCBundlePolicy;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCDtmfSender;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCIceServer;
import dev.onvoid.webrtc.RTCIceTransportPolicy;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtcpMuxPolicy;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import io.respoke.Tones;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.media.MediaStats;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import io.respoke.spi.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One native peer connection. Its operations run one after another on the engine's native thread;
 * what happens is told, and stages are ended, elsewhere.
 */
final class PeerSession implements MediaSession, PeerConnectionObserver {
  private enum Signaling {
    STABLE,
    LOCAL_OFFER,
    REMOTE_OFFER
  }

  private static final System.Logger LOG = System.getLogger(PeerSession.class.getName());
  private static final long GATHERING_CHECK_MILLIS = 150;

  private final Engine engine;
  private final String id;
  private final SessionEvents events;
  private final Runnable whenReleased;
  private final DataChannel channel;
  private final TonePlayer tones;
  private final StatsReader stats = new StatsReader();
  private final AudioLane audio;
  private final VideoLane video;
  private final List<Lane> lanes;
  private final LanePlacement placement;
  private final Operations operations;

  // On the native thread only
  private @Nullable RTCPeerConnection peer;
  private MediaConstraints constraints;
  private Signaling signaling = Signaling.STABLE;
  private List<Sdp.Section> remoteSections = List.of();
  private Set<String> remoteCredentials = Set.of();
  private int remoteCandidates;
  private boolean remoteDescribed;
  private final List<IceCandidate> early = new ArrayList<>();
  private boolean gatheringTold;
  private boolean connected;

  /** On the native thread. */
  PeerSession(
      Engine engine, MediaRequest request, MediaSessionListener listener, Runnable whenReleased) {
    this.engine = engine;
    this.id = request.sessionId();
    String streamId = Sdp.streamId(id);
    this.events = new SessionEvents(listener, engine.applicationThreads());
    this.operations = new Operations(id, events, engine.nativeThread());
    this.whenReleased = whenReleased;
    this.constraints = request.constraints();
    this.channel =
        new DataChannel(
            id,
            events,
            engine.nativeThread(),
            () ->
                fail(
                    new MediaException(
                        Reason.BACK_PRESSURE,
                        "More than "
                            + SessionEvents.MAX_WAITING_BYTES
                            + " bytes wait for the listener of "
                            + id)));
    this.tones = new TonePlayer(events);
    this.audio = new AudioLane(engine, streamId + "-audio", this::deviceFailed);
    this.video = new VideoLane(engine, streamId + "-video", this::deviceFailed);
    this.lanes = List.of(audio, video);
    this.placement = new LanePlacement(lanes, streamId, this::remoteMedia);
  }

  /**
   * On the native thread. The devices are the session's when this has succeeded.
   *
   * @throws RuntimeException when native code refuses; then call {@link #abandon}
   */
  void connect(List<RTCIceServer> iceServers, boolean relayOnly, MediaDevices devices) {
    RTCConfiguration configuration = new RTCConfiguration();
    configuration.iceServers = iceServers;
    configuration.iceTransportPolicy =
        relayOnly ? RTCIceTransportPolicy.RELAY : RTCIceTransportPolicy.ALL;
    configuration.bundlePolicy = RTCBundlePolicy.BALANCED;
    // Asterisk does not multiplex; who insists on it does so in its answer.
    configuration.rtcpMuxPolicy = RTCRtcpMuxPolicy.NEGOTIATE;
    peer = engine.factory().createPeerConnection(configuration, this);
    engine.usesAudio(true);
    lanes.forEach(lane -> lane.devices(devices));
  }

  /** On the native thread: it could not be opened, and nobody hears of it. */
  void abandon() {
    events.silence();
    operations.close();
    release();
  }

  // Operations

  @Override
  public CompletionStage<SessionDescription> createOffer() {
    return operations.perform("Making an offer for " + id, this::offer);
  }

  private CompletableFuture<SessionDescription> offer() {
    if (signaling != Signaling.STABLE) {
      throw Failures.state("An offer cannot be made while another waits for its answer");
    }
    RTCPeerConnection at = peer();
    placement.forOffer(at, constraints);
    if (constraints.data() && !channel.isAttached()) {
      channel.attach(at.createDataChannel(DataChannel.LABEL, new RTCDataChannelInit()));
    }
    return describe(at, true, Signaling.LOCAL_OFFER);
  }

  @Override
  public CompletionStage<SessionDescription> createAnswer() {
    return operations.perform("Making an answer for " + id, this::answer);
  }

  private CompletableFuture<SessionDescription> answer() {
    if (signaling != Signaling.REMOTE_OFFER) {
      throw Failures.state("An answer cannot be made without a remote offer");
    }
    RTCPeerConnection at = peer();
    placement.forAnswer(at, constraints, remoteSections);
    return describe(at, false, Signaling.STABLE);
  }

  private CompletableFuture<SessionDescription> describe(
      RTCPeerConnection at, boolean offer, Signaling next) {
    gatheringTold = false;
    lanes.forEach(lane -> lane.feed(false));
    return engine
        .create(at, offer)
        .thenCompose(
            made ->
                engine
                    .set(at, true, made)
                    .thenApply(
                        set -> {
                          signaling = next;
                          described();
                          return new SessionDescription(
                              offer
                                  ? SessionDescription.Type.OFFER
                                  : SessionDescription.Type.ANSWER,
                              Sdp.withoutCandidates(made.sdp));
                        }))
        .whenComplete((made, failure) -> resume());
  }

  @Override
  public CompletionStage<Void> setRemoteDescription(SessionDescription description) {
    Objects.requireNonNull(description, "description");
    return operations.perform(
        "Applying the other side's description for " + id, () -> applyRemote(description));
  }

  private CompletableFuture<Void> applyRemote(SessionDescription description) {
    Sdp.check(description);
    boolean offer = description.type() == SessionDescription.Type.OFFER;
    Signaling needed = offer ? Signaling.STABLE : Signaling.LOCAL_OFFER;
    if (signaling != needed && !(offer && signaling == Signaling.REMOTE_OFFER)) {
      throw Sdp.bad(description.type(), "does not fit: " + words(signaling));
    }
    lanes.forEach(lane -> lane.feed(false));
    return engine
        .set(
            peer(),
            false,
            new RTCSessionDescription(
                offer ? RTCSdpType.OFFER : RTCSdpType.ANSWER, description.sdp()))
        .handle(
            (set, failure) -> {
              if (failure != null) {
                Throwable cause = Failures.cause(failure);
                throw cause instanceof Engine.NativeFailure
                    ? Sdp.bad(description.type(), "was refused: " + cause.getMessage(), cause)
                    : Failures.typed("Applying the other side's description", cause);
              }
              signaling = offer ? Signaling.REMOTE_OFFER : Signaling.STABLE;
              remoteSections = Sdp.sections(description.sdp());
              Set<String> credentials = Sdp.iceCredentials(description.sdp());
              if (!credentials.equals(remoteCredentials)) {
                remoteCredentials = credentials;
                remoteCandidates = 0;
              }
              remoteDescribed = true;
              described();
              addEarlyCandidates();
              return (Void) null;
            })
        .whenComplete((set, failure) -> resume());
  }

  private static String words(Signaling signaling) {
    return switch (signaling) {
      case STABLE -> "there is no offer that waits for an answer";
      case LOCAL_OFFER -> "an own offer waits for its answer";
      case REMOTE_OFFER -> "the other side's offer waits for an answer";
    };
  }

  @Override
  public CompletionStage<Void> rollback() {
    return operations.perform(
        "Taking back the offer of " + id,
        () -> {
          if (signaling != Signaling.LOCAL_OFFER) {
            return CompletableFuture.completedFuture(null);
          }
          RTCPeerConnection at = peer();
          List<Integer> places = placement.places(at);
          lanes.forEach(lane -> lane.feed(false));
          return engine
              .set(at, true, new RTCSessionDescription(RTCSdpType.ROLLBACK, ""))
              .thenApply(
                  set -> {
                    signaling = Signaling.STABLE;
                    placement.restore(at, places);
                    return (Void) null;
                  })
              .whenComplete((set, failure) -> resume());
        });
  }

  @Override
  public CompletionStage<Void> addIceCandidate(IceCandidate candidate) {
    Objects.requireNonNull(candidate, "candidate");
    return operations.performNow(
        "Applying a candidate for " + id,
        () -> {
          IceCandidate checked = Candidates.checked(candidate);
          if (checked == null) {
            return null;
          }
          if (remoteDescribed) {
            add(Candidates.placed(checked, remoteSections));
          } else if (early.size() >= Candidates.MAX) {
            throw Candidates.tooMany(id);
          } else {
            early.add(checked);
          }
          return null;
        });
  }

  private void add(IceCandidate candidate) {
    if (++remoteCandidates > Candidates.MAX) {
      throw Candidates.tooMany(id);
    }
    try {
      peer()
          .addIceCandidate(
              new RTCIceCandidate(
                  candidate.sdpMid(), candidate.sdpMLineIndex(), candidate.candidate()));
    } catch (MediaException e) {
      throw e;
    } catch (Throwable e) {
      throw Candidates.bad(candidate, "was refused: " + e.getMessage(), e);
    }
  }

  private void addEarlyCandidates() {
    for (IceCandidate candidate : early) {
      try {
        add(Candidates.placed(candidate, remoteSections));
      } catch (MediaException e) {
        LOG.log(System.Logger.Level.DEBUG, "An early candidate is of no use", e);
      }
    }
    early.clear();
  }

  @Override
  public CompletionStage<Void> change(MediaConstraints wanted, MediaDevices devices) {
    Objects.requireNonNull(wanted, "constraints");
    Objects.requireNonNull(devices, "devices");
    return operations.performNow(
        "Changing the media of " + id,
        () -> {
          constraints = wanted;
          lanes.forEach(lane -> lane.devices(devices));
          return null;
        });
  }

  @Override
  public CompletionStage<Void> setMuted(MediaKind kind, MediaFlow flow, boolean muted) {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(flow, "flow");
    return operations.performNow(
        "Muting " + id,
        () -> {
          (kind == MediaKind.AUDIO ? audio : video).mute(flow, muted);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> sendTones(Tones wanted) {
    Objects.requireNonNull(wanted, "tones");
    return operations.performNow(
        "Playing tones in " + id,
        () -> {
          RTCDtmfSender sender = audio.isSending() ? toneSender() : null;
          if (sender == null) {
            throw new MediaException(Reason.UNSUPPORTED, "No audio is sent in " + id);
          }
          tones.play(sender, wanted);
          return null;
        });
  }

  @Override
  public CompletionStage<String> cancelTones() {
    return operations.performNow("Stopping the tones of " + id, () -> tones.cancel(toneSender()));
  }

  private @Nullable RTCDtmfSender toneSender() {
    RTCRtpTransceiver transceiver = audio.find(LanePlacement.transceivers(peer()));
    return transceiver == null ? null : transceiver.getSender().getDtmfSender();
  }

  @Override
  public CompletionStage<MediaStats> statistics() {
    return operations.perform(
        "Measuring " + id,
        () -> {
          CompletableFuture<MediaStats> read = new CompletableFuture<>();
          peer()
              .getStats(
                  report -> {
                    try {
                      List<StatsReader.Entry> entries = new ArrayList<>();
                      report
                          .getStats()
                          .forEach(
                              (key, value) ->
                                  entries.add(
                                      new StatsReader.Entry(
                                          String.valueOf(value.getType()),
                                          value.getId(),
                                          value.getAttributes())));
                      engine.later(() -> read.complete(stats.read(Instant.now(), entries)));
                    } catch (Throwable e) {
                      engine.later(() -> read.completeExceptionally(e));
                    }
                  });
          return read;
        });
  }

  @Override
  public CompletionStage<Void> sendText(String text) {
    return operations.isClosed()
        ? Failures.failed(Failures.closed(id))
        : channel.send(text.getBytes(StandardCharsets.UTF_8), false);
  }

  @Override
  public CompletionStage<Void> sendBytes(byte[] bytes) {
    return operations.isClosed()
        ? Failures.failed(Failures.closed(id))
        : channel.send(bytes.clone(), true);
  }

  @Override
  public long bufferedAmount() {
    return channel.bufferedAmount();
  }

  @Override
  public void close() {
    if (!operations.close()) {
      return;
    }
    MediaException failure = Failures.closed(id);
    channel.end(failure);
    operations.failAll(failure);
    if (!engine.later(this::release)) {
      events.end();
    }
  }

  private void release() {
    try {
      RTCPeerConnection at = peer;
      peer = null;
      if (at != null) {
        RTCRtpTransceiver transceiver = audio.find(LanePlacement.transceivers(at));
        tones.dispose(transceiver == null ? null : transceiver.getSender().getDtmfSender());
      }
      lanes.forEach(Lane::detach);
      channel.dispose();
      if (at != null) {
        engine.close(at);
        engine.usesAudio(false);
      }
      lanes.forEach(Lane::dispose);
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "Closing " + id, e);
    } finally {
      events.end();
      whenReleased.run();
    }
  }

  // What follows a description

  /** A description was applied. */
  private void described() {
    RTCPeerConnection at = peer();
    placement.learn(at);
    if (signaling == Signaling.STABLE) {
      placement.settle(at, remoteSections);
    }
    engine
        .nativeThread()
        .schedule(this::checkGathering, GATHERING_CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void remoteMedia(MediaKind kind, boolean now) {
    events.tell(
        listener -> {
          if (now) {
            listener.onRemoteMedia(kind);
          } else {
            listener.onRemoteMediaEnded(kind);
          }
        });
  }

  /** Nothing is pushed while a description is applied: tracks may be detached then. */
  private void resume() {
    if (!operations.isClosed()) {
      lanes.forEach(lane -> lane.feed(lane.isSending()));
    }
  }

  /** Where nothing new is gathered, native code does not say that it is complete. */
  private void checkGathering() {
    RTCPeerConnection at = peer;
    if (at != null && at.getIceGatheringState() == RTCIceGatheringState.COMPLETE) {
      gatheringComplete();
    }
  }

  private void gatheringComplete() {
    if (!gatheringTold) {
      gatheringTold = true;
      events.tell(MediaSessionListener::onGatheringComplete);
    }
  }

  private RTCPeerConnection peer() {
    RTCPeerConnection at = peer;
    if (at == null || operations.isClosed()) {
      throw Failures.closed(id);
    }
    return at;
  }

  private void deviceFailed(Throwable failure) {
    events.tell(listener -> listener.onDeviceFailed(failure));
  }

  private void fail(MediaException failure) {
    events.tell(listener -> listener.onFailed(failure));
    close();
  }

  // Callbacks from native code, which end the process when they throw

  @Override
  public void onIceCandidate(RTCIceCandidate candidate) {
    try {
      IceCandidate found =
          new IceCandidate(
              candidate.sdp,
              Objects.requireNonNullElse(candidate.sdpMid, ""),
              candidate.sdpMLineIndex);
      events.tell(listener -> listener.onIceCandidate(found));
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "A candidate could not be told", e);
    }
  }

  @Override
  public void onIceGatheringChange(RTCIceGatheringState state) {
    if (state == RTCIceGatheringState.COMPLETE) {
      engine.later(this::checkGathering);
    }
  }

  @Override
  public void onConnectionChange(RTCPeerConnectionState state) {
    engine.later(() -> connectionChanged(state));
  }

  private void connectionChanged(RTCPeerConnectionState state) {
    if (operations.isClosed()) {
      return;
    }
    switch (state) {
      case CONNECTED -> {
        if (!connected) {
          connected = true;
          events.tell(MediaSessionListener::onConnected);
        }
      }
      case DISCONNECTED -> {
        if (connected) {
          connected = false;
          events.tell(MediaSessionListener::onInterrupted);
        }
      }
      case FAILED ->
          fail(
              new MediaException(
                  Reason.ICE_FAILED,
                  "No path to the other side was found, or it was lost, in " + id));
      default -> {}
    }
  }

  @Override
  public void onDataChannel(RTCDataChannel brought) {
    try {
      if (!channel.isAttached()) {
        channel.attach(brought);
      } else {
        engine.later(brought::close);
      }
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "A data channel could not be taken", e);
    }
  }
}
