package io.respoke.webrtc;

import io.respoke.MediaException;
import io.respoke.Tones;
import io.respoke.media.AudioFrame;
import io.respoke.media.AudioSource;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.media.VideoFormat;
import io.respoke.media.VideoFrame;
import io.respoke.media.VideoSink;
import io.respoke.media.VideoSource;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.IceServer;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.SessionDescription;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The worker process: does in itself what its parent orders, and ends when the parent is gone. */
final class Worker implements FrameChannel.Handler {
  /** How many media frames of one stream may wait for the socket. */
  static final int AUDIO_FRAMES = 20;

  static final int VIDEO_FRAMES = 3;
  private static final int CONTROL = 0;

  /** A session as both directions of media see it. */
  private static final class Hosted {
    final CompletableFuture<MediaSession> session = new CompletableFuture<>();
    @Nullable PipedMicrophone microphone;
    @Nullable PipedCamera camera;
    @Nullable VideoFormat cameraFormat;
    int channels;
    @Nullable PipedSpeaker speaker;
    @Nullable VideoSink display;
  }

  private final FrameChannel control;
  private final FrameChannel media;
  private final Engine engine;
  private final InProcessBackend backend;
  private final Map<Integer, Hosted> sessions = new ConcurrentHashMap<>();

  private Worker(FrameChannel control, FrameChannel media, Engine engine) {
    this.control = control;
    this.media = media;
    this.engine = engine;
    this.backend = new InProcessBackend(engine);
  }

  /** Called by {@link WorkerMain}. */
  static void run(SocketChannel controlSocket, SocketChannel mediaSocket)
      throws InterruptedException {
    FrameChannel control = FrameChannel.ofControl(controlSocket);
    FrameChannel media = FrameChannel.ofMedia(mediaSocket);
    Engine engine;
    try {
      engine = Engine.start();
    } catch (MediaException e) {
      control.start(new Ending());
      control.send(
          CONTROL,
          Integer.MAX_VALUE,
          Wire.frame(
              out -> {
                Wire.constant(out, Wire.News.NOT_READY);
                Wire.text(out, String.valueOf(e.getMessage()));
              }));
      stay();
      return;
    }
    Worker worker = new Worker(control, media, engine);
    control.start(worker);
    media.start(worker.new MediaHandler());
    engine.audioClock().addLast(media::flush);
    worker.tell(Wire.News.READY, out -> {});
    stay();
  }

  /** All other threads are daemons; the process ends with its parent. */
  private static void stay() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  /** Waits for the parent to close. */
  private static final class Ending implements FrameChannel.Handler {
    @Override
    public void frame(DataInputStream in) {}

    @Override
    public void lost(Throwable why) {
      Runtime.getRuntime().halt(1);
    }
  }

  void tell(Wire.News news, Wire.Body body) {
    control.send(
        CONTROL,
        Integer.MAX_VALUE,
        Wire.frame(
            out -> {
              Wire.constant(out, news);
              body.writeTo(out);
            }));
  }

  /** Without the parent there is nobody to do anything for. */
  @Override
  public void lost(Throwable why) {
    Runtime.getRuntime().halt(0);
  }

  @Override
  public void frame(DataInputStream in) throws IOException {
    Wire.Order order = Wire.constant(in, Wire.Order.values());
    int number = in.readInt();
    switch (order) {
      case PING ->
          // By way of the native thread: when that hangs, so does the answer.
          engine.later(() -> tell(Wire.News.PONG, out -> out.writeLong(residentBytes())));
      case OPEN -> open(number, in);
      case CLOSE -> {
        Hosted hosted = sessions.remove(number);
        if (hosted != null) {
          hosted.session.thenAccept(MediaSession::close);
        }
      }
      default -> operate(order, number, in);
    }
  }

  private void open(int number, DataInputStream in) throws IOException {
    long operation = in.readLong();
    Hosted hosted = new Hosted();
    MediaConstraints constraints = Wire.constraints(in);
    MediaDevices devices = devices(number, hosted, in);
    String id = Wire.text(in);
    List<IceServer> iceServers = Wire.iceServers(in);
    boolean relayOnly = in.readBoolean();
    sessions.put(number, hosted);
    backend
        .open(
            new MediaRequest(id, constraints, devices, iceServers, relayOnly, Optional.empty()),
            new WorkerListener(this, number))
        .whenComplete(
            (session, failure) -> {
              if (failure == null) {
                hosted.session.complete(session);
              } else {
                sessions.remove(number);
                hosted.session.completeExceptionally(failure);
              }
              answer(number, operation, hosted.session, (out, opened) -> {});
            });
  }

  private void operate(Wire.Order order, int number, DataInputStream in) throws IOException {
    long operation = in.readLong();
    Hosted hosted = sessions.get(number);
    MediaSession session = hosted == null ? null : hosted.session.getNow(null);
    if (hosted == null || session == null) {
      answer(
          number,
          operation,
          CompletableFuture.<Void>failedFuture(Failures.closed("number " + number)),
          (out, done) -> {});
      return;
    }
    switch (order) {
      case CREATE_OFFER -> answer(number, operation, session.createOffer(), Worker::description);
      case CREATE_ANSWER -> answer(number, operation, session.createAnswer(), Worker::description);
      case SET_REMOTE -> {
        SessionDescription.Type type = Wire.constant(in, SessionDescription.Type.values());
        done(
            number,
            operation,
            session.setRemoteDescription(new SessionDescription(type, Wire.text(in))));
      }
      case ROLLBACK -> done(number, operation, session.rollback());
      case ADD_CANDIDATE ->
          done(
              number,
              operation,
              session.addIceCandidate(
                  new IceCandidate(Wire.text(in), Wire.text(in), in.readInt())));
      case CHANGE ->
          done(
              number, operation, session.change(Wire.constraints(in), devices(number, hosted, in)));
      case SET_MUTED ->
          done(
              number,
              operation,
              session.setMuted(
                  Wire.constant(in, MediaKind.values()),
                  Wire.constant(in, MediaFlow.values()),
                  in.readBoolean()));
      case SEND_TONES ->
          done(
              number,
              operation,
              session.sendTones(
                  new Tones(
                      Wire.text(in),
                      Duration.ofMillis(in.readLong()),
                      Duration.ofMillis(in.readLong()))));
      case CANCEL_TONES -> answer(number, operation, session.cancelTones(), Wire::text);
      case STATISTICS -> answer(number, operation, session.statistics(), Wire::stats);
      case SEND_TEXT -> done(number, operation, session.sendText(Wire.text(in)));
      case SEND_BYTES -> done(number, operation, session.sendBytes(Wire.bytes(in)));
      default -> throw new IOException("not an operation: " + order);
    }
  }

  private static void description(DataOutputStream out, SessionDescription made)
      throws IOException {
    Wire.text(out, made.sdp());
  }

  private interface Result<T extends @Nullable Object> {
    void writeTo(DataOutputStream out, T value) throws IOException;
  }

  private void done(int number, long operation, CompletionStage<Void> stage) {
    stage.whenComplete((value, failure) -> tellResult(number, operation, failure, out -> {}));
  }

  private <T> void answer(int number, long operation, CompletionStage<T> stage, Result<T> result) {
    stage.whenComplete(
        (value, failure) ->
            tellResult(number, operation, failure, out -> result.writeTo(out, value)));
  }

  private void tellResult(
      int number, long operation, @Nullable Throwable failure, Wire.Body result) {
    if (failure == null) {
      tell(
          Wire.News.DONE,
          out -> {
            out.writeInt(number);
            out.writeLong(operation);
            result.writeTo(out);
          });
    } else {
      MediaException typed = Failures.typed("A media operation", failure);
      tell(
          Wire.News.FAILED,
          out -> {
            out.writeInt(number);
            out.writeLong(operation);
            Wire.constant(out, typed.reason());
            Wire.text(out, String.valueOf(typed.getMessage()));
          });
    }
  }

  // Media

  private MediaDevices devices(int number, Hosted hosted, DataInputStream in) throws IOException {
    int channels = in.readByte();
    if (channels == 0) {
      hosted.microphone = null;
    } else if (hosted.microphone == null || hosted.channels != channels) {
      hosted.microphone = new PipedMicrophone(channels);
    }
    hosted.channels = channels;
    boolean hears = in.readBoolean();
    int framesPerSecond = in.readInt();
    if (framesPerSecond == 0) {
      hosted.camera = null;
    } else {
      VideoFormat format = new VideoFormat(in.readInt(), in.readInt(), framesPerSecond);
      if (hosted.camera == null || !format.equals(hosted.cameraFormat)) {
        hosted.camera = new PipedCamera(format);
        hosted.cameraFormat = format;
      }
    }
    boolean sees = in.readBoolean();
    if (hosted.speaker == null) {
      hosted.speaker = frame -> sendAudio(number, frame);
      hosted.display = frame -> sendVideo(number, frame);
    }
    return new MediaDevices(
        Optional.<AudioSource>ofNullable(hosted.microphone),
        hears ? Optional.ofNullable(hosted.speaker) : Optional.empty(),
        Optional.<VideoSource>ofNullable(hosted.camera),
        sees ? Optional.ofNullable(hosted.display) : Optional.empty());
  }

  /** On a native thread; leaves at the end of this tick of the clock. */
  private void sendAudio(int number, AudioFrame frame) {
    byte[] bytes = new byte[2 * frame.samples().length];
    ByteBuffer.wrap(bytes).asShortBuffer().put(frame.samples());
    media.sendLater(
        2 * number,
        AUDIO_FRAMES,
        Wire.frame(
            6 + bytes.length,
            out -> {
              Wire.constant(out, Wire.Stream.AUDIO);
              out.writeInt(number);
              out.writeByte(frame.format().channels());
              out.write(bytes);
            }));
  }

  private void sendVideo(int number, VideoFrame frame) {
    media.send(
        2 * number + 1,
        VIDEO_FRAMES,
        Wire.frame(
            25 + frame.i420().length,
            out -> {
              Wire.constant(out, Wire.Stream.VIDEO);
              out.writeInt(number);
              out.writeInt(frame.width());
              out.writeInt(frame.height());
              out.writeInt(frame.rotation());
              out.writeLong(frame.timestampNanos());
              out.write(frame.i420());
            }));
  }

  /** What the application's sources deliver. */
  private final class MediaHandler implements FrameChannel.Handler {
    @Override
    public void frame(DataInputStream in) throws IOException {
      Wire.Stream stream = Wire.constant(in, Wire.Stream.values());
      Hosted hosted = sessions.get(in.readInt());
      if (hosted == null) {
        return;
      }
      byte[] bytes = Wire.rest(in);
      PipedMicrophone microphone = hosted.microphone;
      PipedCamera camera = hosted.camera;
      if (stream == Wire.Stream.AUDIO && microphone != null) {
        short[] samples = new short[bytes.length / 2];
        for (int i = 0; i < samples.length; i++) {
          samples[i] = (short) ((bytes[2 * i] & 0xff) | (bytes[2 * i + 1] << 8));
        }
        microphone.offer(samples);
      } else if (stream == Wire.Stream.VIDEO && camera != null) {
        camera.offer(bytes);
      }
    }

    @Override
    public void lost(Throwable why) {
      Worker.this.lost(why);
    }
  }

  /** How much memory this process has; 0 where nobody says. */
  private static long residentBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException | RuntimeException e) {
      return 0;
    }
    return 0;
  }
}
