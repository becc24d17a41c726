package io.respoke.webrtc;

import io.respoke.DirectConnection;
import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import io.respoke.Tones;
import io.respoke.media.AudioFormat;
import io.respoke.media.AudioFrame;
import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.media.MediaStats;
import io.respoke.media.VideoFormat;
import io.respoke.media.VideoFrame;
import io.respoke.media.VideoSink;
import io.respoke.media.VideoSource;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import io.respoke.spi.SessionDescription;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session in a worker process, as its parent sees it. The devices are here: sources are read and
 * sinks are called in this process, and what they say goes over the media connection.
 */
final class WorkerSession implements MediaSession {
  private static final int QUEUED_FRAMES = 50;
  private static final int QUEUED_PICTURES = 5;

  private interface Reader {
    Object read(DataInputStream in) throws IOException;
  }

  private record Operation(Wire.Order order, CompletableFuture<Object> result, Reader reader) {}

  private static final Object NOTHING = new Object();

  private final WorkerBackend backend;
  private final WorkerProcess process;
  private final int number;
  private final String id;
  private final SessionEvents events;
  private final Executor application;
  private final AudioFeed audioFeed;
  private final VideoFeed videoFeed;
  private final MediaDevices planned;
  private final CompletionStage<?> opened;
  private final Map<Long, Operation> operations = new HashMap<>();
  private long operationNumber;
  private boolean open;
  private boolean closed;
  private @Nullable MediaException lostWith;
  private boolean channelOpen;
  private boolean channelClosed;
  private long waitingBytes;
  private MediaDevices devices = MediaDevices.none();
  private volatile @Nullable SinkQueue<AudioFrame> speaker;
  private volatile @Nullable SinkQueue<VideoFrame> display;

  WorkerSession(
      WorkerBackend backend,
      WorkerProcess process,
      MediaRequest request,
      MediaSessionListener listener) {
    this.backend = backend;
    this.process = process;
    this.number = process.number();
    this.id = request.sessionId();
    this.application = backend.applicationThreads();
    this.events = new SessionEvents(listener, application);
    this.audioFeed = new AudioFeed(this::sendAudio);
    this.videoFeed = new VideoFeed(this::sendVideo);
    audioFeed.run(true);
    videoFeed.run(true);
    process.add(number, this);
    this.planned = usable(request.devices());
    this.opened =
        operate(
            Wire.Order.OPEN,
            out -> {
              Wire.constraints(out, request.constraints());
              writeDevices(out, planned);
              Wire.text(out, request.sessionId());
              Wire.iceServers(out, request.iceServers());
              out.writeBoolean(request.relayOnly());
            },
            in -> NOTHING);
  }

  CompletionStage<?> opened() {
    return opened;
  }

  /** The devices are its own from now on, also when it has ended meanwhile. */
  synchronized void begin() {
    adopt(planned);
    if (closed) {
      adopt(MediaDevices.none());
    }
  }

  // Operations

  @Override
  public CompletionStage<SessionDescription> createOffer() {
    return operate(
        Wire.Order.CREATE_OFFER,
        out -> {},
        in -> new SessionDescription(SessionDescription.Type.OFFER, Wire.text(in)));
  }

  @Override
  public CompletionStage<SessionDescription> createAnswer() {
    return operate(
        Wire.Order.CREATE_ANSWER,
        out -> {},
        in -> new SessionDescription(SessionDescription.Type.ANSWER, Wire.text(in)));
  }

  @Override
  public CompletionStage<Void> setRemoteDescription(SessionDescription description) {
    try {
      Sdp.check(description);
    } catch (MediaException e) {
      return isClosed() ? Failures.failed(Failures.closed(id)) : Failures.failed(e);
    }
    return operate(
        Wire.Order.SET_REMOTE,
        out -> {
          Wire.constant(out, description.type());
          Wire.text(out, description.sdp());
        });
  }

  @Override
  public CompletionStage<Void> rollback() {
    return operate(Wire.Order.ROLLBACK, out -> {});
  }

  @Override
  public CompletionStage<Void> addIceCandidate(IceCandidate candidate) {
    Objects.requireNonNull(candidate, "candidate");
    return operate(
        Wire.Order.ADD_CANDIDATE,
        out -> {
          Wire.text(out, candidate.candidate());
          Wire.text(out, candidate.sdpMid());
          out.writeInt(candidate.sdpMLineIndex());
        });
  }

  @Override
  public CompletionStage<Void> change(MediaConstraints constraints, MediaDevices devices) {
    Objects.requireNonNull(constraints, "constraints");
    Objects.requireNonNull(devices, "devices");
    MediaDevices wanted = usable(devices);
    CompletionStage<Void> changed =
        operate(
            Wire.Order.CHANGE,
            out -> {
              Wire.constraints(out, constraints);
              writeDevices(out, wanted);
            });
    use(wanted);
    return changed;
  }

  @Override
  public CompletionStage<Void> setMuted(MediaKind kind, MediaFlow flow, boolean muted) {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(flow, "flow");
    return operate(
        Wire.Order.SET_MUTED,
        out -> {
          Wire.constant(out, kind);
          Wire.constant(out, flow);
          out.writeBoolean(muted);
        });
  }

  @Override
  public CompletionStage<Void> sendTones(Tones tones) {
    Objects.requireNonNull(tones, "tones");
    return operate(
        Wire.Order.SEND_TONES,
        out -> {
          Wire.text(out, tones.tones());
          out.writeLong(tones.duration().toMillis());
          out.writeLong(tones.gap().toMillis());
        });
  }

  @Override
  public CompletionStage<String> cancelTones() {
    return operate(Wire.Order.CANCEL_TONES, out -> {}, Wire::text);
  }

  @Override
  public CompletionStage<MediaStats> statistics() {
    return operate(Wire.Order.STATISTICS, out -> {}, Wire::stats);
  }

  @Override
  public CompletionStage<Void> sendText(String text) {
    return send(Wire.Order.SEND_TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public CompletionStage<Void> sendBytes(byte[] bytes) {
    return send(Wire.Order.SEND_BYTES, bytes);
  }

  private CompletionStage<Void> send(Wire.Order order, byte[] bytes) {
    synchronized (this) {
      MediaException refused = refusal(bytes.length);
      if (refused != null) {
        return Failures.failed(refused);
      }
      waitingBytes += bytes.length;
      CompletionStage<Void> sent = operate(order, out -> Wire.bytes(out, bytes));
      return sent.whenComplete((done, failure) -> left(bytes.length));
    }
  }

  private @Nullable MediaException refusal(int bytes) {
    if (closed) {
      return Failures.closed(id);
    }
    if (bytes > DirectConnection.MAX_MESSAGE_BYTES) {
      return new MediaException(
          Reason.TOO_LARGE,
          "A message of " + bytes + " bytes is larger than " + DirectConnection.MAX_MESSAGE_BYTES);
    }
    if (!channelOpen || channelClosed) {
      return Failures.state(
          "The data channel of " + id + (channelClosed ? " is closed" : " is not open yet"));
    }
    if (waitingBytes + bytes > DataChannel.MAX_WAITING_BYTES) {
      return new MediaException(
          Reason.BACK_PRESSURE,
          waitingBytes
              + " bytes wait to be sent over the data channel of "
              + id
              + "; wait for the stages of messages before");
    }
    return null;
  }

  private synchronized void left(int bytes) {
    waitingBytes = Math.max(0, waitingBytes - bytes);
  }

  @Override
  public synchronized long bufferedAmount() {
    return waitingBytes;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    end(Failures.closed(id), null);
  }

  /** The process is gone. */
  void lost(MediaException failure) {
    end(failure, failure);
  }

  private void end(MediaException ofOperations, @Nullable MediaException told) {
    List<Operation> unfinished;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (!open) {
        // Whoever opens it is told by the stage, and the listener nothing.
        events.silence();
      }
      lostWith = told;
      waitingBytes = 0;
      unfinished = new ArrayList<>(operations.values());
      operations.clear();
      adopt(MediaDevices.none());
    }
    backend.forget(this);
    process.closed(number);
    events.settle(
        () -> unfinished.forEach(each -> each.result().completeExceptionally(ofOperations)));
    if (told != null) {
      events.tell(listener -> listener.onFailed(told));
    }
    events.end();
  }

  private CompletionStage<Void> operate(Wire.Order order, Wire.Body body) {
    return operate(order, body, in -> NOTHING).thenApply(nothing -> null);
  }

  @SuppressWarnings("unchecked") // each order has a reader of its own result
  private <T> CompletionStage<T> operate(Wire.Order order, Wire.Body body, ReaderOf<T> reader) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    synchronized (this) {
      if (closed) {
        // Whoever opens it has not closed it: the process may be gone before it was asked.
        MediaException lost = order == Wire.Order.OPEN ? lostWith : null;
        return Failures.failed(lost != null ? lost : Failures.closed(id));
      }
      if (operations.size() >= Operations.MAX) {
        return Failures.failed(Failures.tooMany(id));
      }
      long operation = ++operationNumber;
      operations.put(operation, new Operation(order, result, reader::read));
      process.order(
          order,
          number,
          out -> {
            out.writeLong(operation);
            body.writeTo(out);
          });
    }
    return (CompletionStage<T>) (CompletionStage<?>) result.minimalCompletionStage();
  }

  private interface ReaderOf<T> {
    T read(DataInputStream in) throws IOException;
  }

  // What the worker tells, on the reader's thread

  void hear(Wire.News news, DataInputStream in) throws IOException {
    switch (news) {
      case DONE -> {
        Operation operation = taken(in.readLong());
        if (operation != null) {
          Object value = operation.reader().read(in);
          events.settle(() -> operation.result().complete(value));
        }
      }
      case FAILED -> {
        Operation operation = take(in.readLong());
        MediaException failure = failure(in);
        if (operation != null) {
          events.settle(() -> operation.result().completeExceptionally(failure));
        }
      }
      case CANDIDATE -> {
        IceCandidate candidate = new IceCandidate(Wire.text(in), Wire.text(in), in.readInt());
        events.tell(listener -> listener.onIceCandidate(candidate));
      }
      case GATHERED -> events.tell(MediaSessionListener::onGatheringComplete);
      case CONNECTED -> events.tell(MediaSessionListener::onConnected);
      case INTERRUPTED -> events.tell(MediaSessionListener::onInterrupted);
      case MEDIA -> {
        MediaKind kind = Wire.constant(in, MediaKind.values());
        events.tell(listener -> listener.onRemoteMedia(kind));
      }
      case MEDIA_ENDED -> {
        MediaKind kind = Wire.constant(in, MediaKind.values());
        events.tell(listener -> listener.onRemoteMediaEnded(kind));
      }
      case TONE -> {
        String tone = Wire.text(in);
        events.tell(listener -> listener.onTone(tone));
      }
      case CHANNEL_OPEN -> {
        synchronized (this) {
          channelOpen = true;
        }
        events.tell(MediaSessionListener::onChannelOpen);
      }
      case TEXT -> {
        byte[] bytes = Wire.bytes(in);
        message(
            bytes.length, listener -> listener.onText(new String(bytes, StandardCharsets.UTF_8)));
      }
      case BYTES -> {
        byte[] bytes = Wire.bytes(in);
        message(bytes.length, listener -> listener.onBytes(bytes));
      }
      case CHANNEL_CLOSED -> {
        synchronized (this) {
          channelClosed = true;
        }
        events.tell(MediaSessionListener::onChannelClosed);
      }
      case SESSION_FAILED -> {
        MediaException failure = failure(in);
        end(Failures.closed(id), failure);
      }
      default -> throw new IOException("not of a session: " + news);
    }
  }

  private void message(int bytes, java.util.function.Consumer<MediaSessionListener> call) {
    if (!events.tellMessage(bytes, call)) {
      end(
          Failures.closed(id),
          new MediaException(
              Reason.BACK_PRESSURE,
              "More than "
                  + SessionEvents.MAX_WAITING_BYTES
                  + " bytes wait for the listener of "
                  + id));
    }
  }

  private synchronized @Nullable Operation take(long operation) {
    return operations.remove(operation);
  }

  /** As {@link #take}, of one that has succeeded. */
  private synchronized @Nullable Operation taken(long number) {
    Operation operation = take(number);
    open |= operation != null && operation.order() == Wire.Order.OPEN;
    return operation;
  }

  private static MediaException failure(DataInputStream in) throws IOException {
    return new MediaException(Wire.constant(in, Reason.values()), Wire.text(in));
  }

  // Devices

  /** Without sources that cannot say what they deliver. */
  private MediaDevices usable(MediaDevices wanted) {
    return new MediaDevices(
        wanted.microphone().filter(source -> says(source::format)),
        wanted.speaker(),
        wanted.camera().filter(source -> says(source::format)),
        wanted.display());
  }

  private boolean says(Supplier<?> format) {
    try {
      Objects.requireNonNull(format.get(), "the format of a source");
      return true;
    } catch (RuntimeException e) {
      deviceFailed(e);
      return false;
    }
  }

  private static void writeDevices(DataOutputStream out, MediaDevices devices) throws IOException {
    out.writeByte(devices.microphone().map(source -> source.format().channels()).orElse(0));
    out.writeBoolean(devices.speaker().isPresent());
    VideoFormat format = devices.camera().map(VideoSource::format).orElse(null);
    out.writeInt(format == null ? 0 : format.framesPerSecond());
    if (format != null) {
      out.writeInt(format.width());
      out.writeInt(format.height());
    }
    out.writeBoolean(devices.display().isPresent());
  }

  private synchronized void use(MediaDevices wanted) {
    if (!closed) {
      adopt(wanted);
    }
  }

  private void adopt(MediaDevices wanted) {
    MediaDevices before = devices;
    devices = wanted;
    AudioSource microphone = wanted.microphone().orElse(null);
    if (microphone != before.microphone().orElse(null)) {
      audioFeed.microphone(
          microphone == null ? null : new Microphone(microphone, application, this::deviceFailed));
      backend.audioClock().pace(audioFeed, microphone != null);
    }
    VideoSource camera = wanted.camera().orElse(null);
    if (camera != before.camera().orElse(null)) {
      videoFeed.camera(
          camera == null ? null : new VideoFeed.Camera(camera, application, this::deviceFailed));
      backend.videoClock().pace(videoFeed, camera != null);
    }
    AudioSink hears = wanted.speaker().orElse(null);
    if (hears != before.speaker().orElse(null)) {
      SinkQueue<AudioFrame> old = speaker;
      speaker =
          hears == null
              ? null
              : new SinkQueue<>(
                  QUEUED_FRAMES, application, hears::onAudio, hears::close, this::deviceFailed);
      if (old != null) {
        old.close();
      }
    }
    VideoSink sees = wanted.display().orElse(null);
    if (sees != before.display().orElse(null)) {
      SinkQueue<VideoFrame> old = display;
      display =
          sees == null
              ? null
              : new SinkQueue<>(
                  QUEUED_PICTURES, application, sees::onVideo, sees::close, this::deviceFailed);
      if (old != null) {
        old.close();
      }
    }
  }

  private void deviceFailed(Throwable failure) {
    events.tell(listener -> listener.onDeviceFailed(failure));
  }

  private void sendAudio(byte[] bytes, int channels) {
    process.sendAudio(number, bytes);
  }

  private void sendVideo(byte[] picture, int width, int height) {
    process.sendVideo(number, picture);
  }

  /** On the reader's thread. */
  void hearMedia(Wire.Stream stream, DataInputStream in) throws IOException {
    if (stream == Wire.Stream.AUDIO) {
      SinkQueue<AudioFrame> to = speaker;
      AudioFormat format = new AudioFormat(48_000, in.readByte());
      short[] samples = new short[format.samplesPerFrame()];
      ByteBuffer.wrap(Wire.rest(in)).asShortBuffer().get(samples);
      if (to != null) {
        to.offer(new AudioFrame(format, samples));
      }
    } else {
      SinkQueue<VideoFrame> to = display;
      VideoFrame frame =
          new VideoFrame(in.readInt(), in.readInt(), in.readInt(), in.readLong(), Wire.rest(in));
      if (to != null) {
        to.offer(frame);
      }
    }
  }
}
