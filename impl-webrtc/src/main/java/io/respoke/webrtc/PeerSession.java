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
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

  /** How many may wait for those before them. */
  static final int MAX_OPERATIONS = 65_536;

  private static final System.Logger LOG = System.getLogger(PeerSession.class.getName());
  private static final long OPERATION_SECONDS = 20;
  private static final long GATHERING_CHECK_MILLIS = 150;

  private final Engine engine;
  private final String id;
  private final String streamId;
  private final SessionEvents events;
  private final Runnable whenReleased;
  private final DataChannel channel;
  private final TonePlayer tones;
  private final StatsReader stats = new StatsReader();
  private final AudioLane audio;
  private final VideoLane video;
  private final List<Lane> lanes;
  private final Set<Consumer<MediaException>> pending = ConcurrentHashMap.newKeySet();
  private int waiting;
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
  private volatile boolean closed;

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
    this.streamId = Sdp.streamId(id);
    this.events = new SessionEvents(listener, engine.applicationThreads());
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
    closed = true;
    release();
  }

  // Operations

  @Override
  public CompletionStage<SessionDescription> createOffer() {
    return perform("Making an offer for " + id, this::offer);
  }

  private CompletableFuture<SessionDescription> offer() {
    if (signaling != Signaling.STABLE) {
      throw Failures.state("An offer cannot be made while another waits for its answer");
    }
    RTCPeerConnection at = peer();
    aimForOffer(at);
    return describe(at, true, Signaling.LOCAL_OFFER);
  }

  @Override
  public CompletionStage<SessionDescription> createAnswer() {
    return perform("Making an answer for " + id, this::answer);
  }

  private CompletableFuture<SessionDescription> answer() {
    if (signaling != Signaling.REMOTE_OFFER) {
      throw Failures.state("An answer cannot be made without a remote offer");
    }
    RTCPeerConnection at = peer();
    aimForAnswer(at);
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
    return perform(
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
    return perform(
        "Taking back the offer of " + id,
        () -> {
          if (signaling != Signaling.LOCAL_OFFER) {
            return CompletableFuture.completedFuture(null);
          }
          RTCPeerConnection at = peer();
          List<RTCRtpTransceiver> before = transceivers(at);
          List<Integer> places = lanes.stream().map(lane -> lane.indexIn(before)).toList();
          lanes.forEach(lane -> lane.feed(false));
          return engine
              .set(at, true, new RTCSessionDescription(RTCSdpType.ROLLBACK, ""))
              .thenApply(
                  set -> {
                    signaling = Signaling.STABLE;
                    List<RTCRtpTransceiver> now = transceivers(at);
                    for (int i = 0; i < lanes.size(); i++) {
                      int place = places.get(i);
                      if (place >= 0 && place < now.size() && mid(now.get(place)).isEmpty()) {
                        lanes.get(i).placeAt(place);
                      }
                    }
                    return (Void) null;
                  })
              .whenComplete((set, failure) -> resume());
        });
  }

  @Override
  public CompletionStage<Void> addIceCandidate(IceCandidate candidate) {
    Objects.requireNonNull(candidate, "candidate");
    return performNow(
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
    return performNow(
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
    return performNow(
        "Muting " + id,
        () -> {
          (kind == MediaKind.AUDIO ? audio : video).mute(flow, muted);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> sendTones(Tones wanted) {
    Objects.requireNonNull(wanted, "tones");
    return performNow(
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
    return performNow("Stopping the tones of " + id, () -> tones.cancel(toneSender()));
  }

  private @Nullable RTCDtmfSender toneSender() {
    RTCRtpTransceiver transceiver = audio.find(transceivers(peer()));
    return transceiver == null ? null : transceiver.getSender().getDtmfSender();
  }

  @Override
  public CompletionStage<MediaStats> statistics() {
    return perform(
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
    return closed
        ? Failures.failed(Failures.closed(id))
        : channel.send(text.getBytes(StandardCharsets.UTF_8), false);
  }

  @Override
  public CompletionStage<Void> sendBytes(byte[] bytes) {
    return closed ? Failures.failed(Failures.closed(id)) : channel.send(bytes.clone(), true);
  }

  @Override
  public long bufferedAmount() {
    return channel.bufferedAmount();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    MediaException failure = Failures.closed(id);
    channel.end(failure);
    events.settle(() -> pending.forEach(each -> each.accept(failure)));
    if (!engine.later(this::release)) {
      events.end();
    }
  }

  private void release() {
    try {
      RTCPeerConnection at = peer;
      peer = null;
      if (at != null) {
        RTCRtpTransceiver transceiver = audio.find(transceivers(at));
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

  // What is carried

  private void aimForOffer(RTCPeerConnection at) {
    for (Lane lane : lanes) {
      MediaConstraints.Direction wanted = lane.wanted(constraints);
      RTCRtpTransceiver transceiver = lane.find(transceivers(at));
      if (transceiver == null) {
        if (wanted == MediaConstraints.Direction.NONE) {
          continue;
        }
        if (wanted.sends()) {
          at.addTrack(lane.track(), List.of(streamId));
        } else {
          // Native code makes no transceiver without a track; this one stays silent.
          RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
          init.direction = RTCRtpTransceiverDirection.RECV_ONLY;
          init.streamIds = List.of(streamId);
          at.addTransceiver(lane.track(), init);
        }
        List<RTCRtpTransceiver> all = transceivers(at);
        lane.placeAt(all.size() - 1);
        lane.attached(true);
        transceiver = all.get(all.size() - 1);
      }
      aim(lane, transceiver, wanted.sends(), wanted.receives());
    }
    if (constraints.data() && !channel.isAttached()) {
      channel.attach(at.createDataChannel(DataChannel.LABEL, new RTCDataChannelInit()));
    }
  }

  private void aimForAnswer(RTCPeerConnection at) {
    List<RTCRtpTransceiver> all = transceivers(at);
    for (Lane lane : lanes) {
      List<Sdp.Section> offered =
          remoteSections.stream()
              .filter(section -> section.kind().equals(lane.word()) && !section.rejected())
              .toList();
      if (offered.isEmpty()) {
        continue;
      }
      MediaConstraints.Direction wanted = lane.wanted(constraints);
      RTCRtpTransceiver own = lane.find(all);
      String ownMid = own == null ? "" : mid(own);
      boolean known = offered.stream().anyMatch(section -> section.mid().equals(ownMid));
      Sdp.Section heard =
          offered.stream()
              .filter(section -> section.sends() && (!known || section.mid().equals(ownMid)))
              .findFirst()
              .or(() -> offered.stream().filter(Sdp.Section::sends).findFirst())
              .orElse(offered.get(0));
      String sendOn = known ? ownMid : heard.mid();
      for (RTCRtpTransceiver transceiver : all) {
        String mid = mid(transceiver);
        if (transceiver.stopped() || offered.stream().noneMatch(s -> s.mid().equals(mid))) {
          continue;
        }
        boolean receives = wanted.receives() && mid.equals(heard.mid());
        if (mid.equals(sendOn)) {
          lane.bindTo(mid);
          aim(lane, transceiver, wanted.sends(), receives);
        } else {
          transceiver.setDirection(Lane.direction(false, receives));
        }
      }
    }
  }

  private void aim(Lane lane, RTCRtpTransceiver transceiver, boolean sends, boolean receives) {
    if (sends && !lane.isAttached()) {
      transceiver.getSender().replaceTrack(lane.track());
      transceiver.getSender().setStreams(List.of(streamId));
      lane.attached(true);
    }
    transceiver.setDirection(Lane.direction(sends, receives));
  }

  private static String mid(RTCRtpTransceiver transceiver) {
    String mid = transceiver.getMid();
    return mid == null ? "" : mid;
  }

  private static List<RTCRtpTransceiver> transceivers(RTCPeerConnection at) {
    return List.of(at.getTransceivers());
  }

  /** A description was applied. */
  private void described() {
    RTCPeerConnection at = peer();
    List<RTCRtpTransceiver> all = transceivers(at);
    lanes.forEach(lane -> lane.learnMid(all));
    if (signaling == Signaling.STABLE) {
      for (Lane lane : lanes) {
        settle(lane, all);
      }
    }
    engine
        .nativeThread()
        .schedule(this::checkGathering, GATHERING_CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void settle(Lane lane, List<RTCRtpTransceiver> all) {
    boolean receives = false;
    List<String> mids = all.stream().map(PeerSession::mid).toList();
    lane.keep(mids);
    for (RTCRtpTransceiver transceiver : all) {
      String mid = mid(transceiver);
      boolean ours =
          remoteSections.stream()
              .anyMatch(s -> s.mid().equals(mid) && s.kind().equals(lane.word()));
      if (ours && !transceiver.stopped() && receives(transceiver)) {
        receives = true;
        lane.listen(mid, transceiver);
      }
    }
    RTCRtpTransceiver own = lane.find(all);
    lane.sending(own != null && sends(own));
    if (receives != lane.isReceiving()) {
      lane.receiving(receives);
      MediaKind kind = lane.kind();
      boolean now = receives;
      events.tell(
          listener -> {
            if (now) {
              listener.onRemoteMedia(kind);
            } else {
              listener.onRemoteMediaEnded(kind);
            }
          });
    }
  }

  private static boolean receives(RTCRtpTransceiver transceiver) {
    RTCRtpTransceiverDirection now = transceiver.getCurrentDirection();
    return now == RTCRtpTransceiverDirection.SEND_RECV
        || now == RTCRtpTransceiverDirection.RECV_ONLY;
  }

  private static boolean sends(RTCRtpTransceiver transceiver) {
    RTCRtpTransceiverDirection now = transceiver.getCurrentDirection();
    return now == RTCRtpTransceiverDirection.SEND_RECV
        || now == RTCRtpTransceiverDirection.SEND_ONLY;
  }

  /** Nothing is pushed while a description is applied: tracks may be detached then. */
  private void resume() {
    if (!closed) {
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

  // Running operations

  private RTCPeerConnection peer() {
    RTCPeerConnection at = peer;
    if (at == null || closed) {
      throw Failures.closed(id);
    }
    return at;
  }

  private <T extends @Nullable Object> CompletionStage<T> performNow(
      String what, Supplier<T> operation) {
    return perform(what, () -> CompletableFuture.completedFuture(operation.get()));
  }

  /** One after another; each ends once, in bounded time. */
  private <T extends @Nullable Object> CompletionStage<T> perform(
      String what, Supplier<CompletableFuture<T>> operation) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Consumer<MediaException> refuse = result::completeExceptionally;
    synchronized (this) {
      if (closed) {
        return Failures.failed(Failures.closed(id));
      }
      if (waiting >= MAX_OPERATIONS) {
        return Failures.failed(Failures.tooMany(id));
      }
      waiting++;
      pending.add(refuse);
      last =
          last.handle((before, failure) -> null)
              .thenComposeAsync(before -> begin(operation), engine.nativeThread())
              .orTimeout(OPERATION_SECONDS, TimeUnit.SECONDS)
              .whenComplete(
                  (value, failure) -> {
                    left();
                    end(what, result, refuse, value, failure);
                  });
    }
    return result.minimalCompletionStage();
  }

  private synchronized void left() {
    waiting--;
  }

  private <T extends @Nullable Object> CompletableFuture<T> begin(
      Supplier<CompletableFuture<T>> operation) {
    if (closed) {
      return CompletableFuture.failedFuture(Failures.closed(id));
    }
    return operation.get();
  }

  private <T extends @Nullable Object> void end(
      String what,
      CompletableFuture<T> result,
      Consumer<MediaException> refuse,
      T value,
      @Nullable Throwable failure) {
    events.settle(
        () -> {
          pending.remove(refuse);
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(Failures.typed(what, failure));
          }
        });
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
    if (closed) {
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
