package io.respoke.webrtc;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One worker process, as its parent sees it: starting it, talking to it, noticing its end. */
final class WorkerProcess implements FrameChannel.Handler {
  private static final System.Logger LOG = System.getLogger(WorkerProcess.class.getName());
  private static final int CONTROL = 0;
  private static final int MAX_OUTPUT_CHARACTERS = 2000;

  private final WorkerSettings settings;
  private final Path directory;
  private final Process process;
  private final CompletableFuture<Map<Byte, SocketChannel>> met = new CompletableFuture<>();
  private final CompletableFuture<@Nullable String> ready = new CompletableFuture<>();
  private final Map<Integer, WorkerSession> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger closedSessions = new AtomicInteger();
  private final AtomicBoolean lost = new AtomicBoolean();
  private final CompletableFuture<Void> cleaned = new CompletableFuture<>();
  private volatile @Nullable FrameChannel control;
  private volatile @Nullable FrameChannel media;
  private final AtomicLong unanswered = new AtomicLong();
  private volatile long residentBytes;
  private volatile @Nullable CompletableFuture<Void> answered;
  private int reserved = 1;
  private boolean retired;
  private final MediaClock audioClock;
  private final MediaClock.Ticking flush = this::flushAudio;

  private WorkerProcess(
      WorkerSettings settings, MediaClock audioClock, Path directory, Process process) {
    this.audioClock = audioClock;
    this.settings = settings;
    this.directory = directory;
    this.process = process;
  }

  /**
   * Starts one, with a place reserved, and waits until it is ready.
   *
   * @param audioClock at the end of whose ticks audio leaves for the process
   * @throws MediaException {@code UNAVAILABLE}, with what it said
   */
  static WorkerProcess start(WorkerSettings settings, MediaClock audioClock) {
    NativeLibrary.requirePresent();
    Path directory = null;
    WorkerProcess worker = null;
    try {
      directory = Files.createTempDirectory("respoke-webrtc");
      Path path = directory.resolve("socket");
      byte[] nonce = new byte[WorkerMain.NONCE_BYTES];
      new SecureRandom().nextBytes(nonce);
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(path));
        Process process = launch(settings, directory, path);
        worker = new WorkerProcess(settings, audioClock, directory, process);
        worker.follow();
        try (OutputStream in = process.getOutputStream()) {
          in.write(nonce);
        }
        worker.meet(server, nonce);
      }
      return worker;
    } catch (Throwable e) { // there may be no more threads, too
      if (worker != null) {
        worker.lose("could not be started");
      } else if (directory != null) {
        delete(directory);
      }
      if (e instanceof MediaException typed) {
        throw typed;
      }
      throw new MediaException(
          Reason.UNAVAILABLE, "The process for media could not be started: " + e.getMessage(), e);
    }
  }

  private static Process launch(WorkerSettings settings, Path directory, Path socket)
      throws IOException {
    Path classes = directory.resolve("classes");
    String main = WorkerMain.class.getName();
    String file = main.replace('.', '/') + ".class";
    Path mainFile = classes.resolve(file);
    Files.createDirectories(mainFile.getParent());
    Files.write(mainFile, ClassServer.read(file));
    NativeLibrary.unpack(classes);
    List<String> command = new ArrayList<>();
    command.add(settings.java().toString());
    command.addAll(settings.options());
    command.add("-Djava.io.tmpdir=" + directory);
    command.add("-XX:ErrorFile=" + directory.resolve("error.log"));
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-cp");
    command.add(classes.toString());
    command.add(main);
    command.add(socket.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    // What the parent is debugged or watched with is not for its child.
    for (String variable :
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")) {
      builder.environment().remove(variable);
    }
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output.txt").toFile())
        .start();
  }

  /** From now on somebody waits for its end, and clears up after it. */
  private void follow() {
    try {
      Threads.daemon(this::awaitExit, "respoke-webrtc-exit").start();
    } catch (Throwable e) {
      process.destroyForcibly();
      delete(directory);
      cleaned.complete(null);
      throw e;
    }
  }

  /** Three connections, each with the nonce; then word that it is ready. */
  private void meet(ServerSocketChannel server, byte[] nonce) throws IOException {
    Threads.daemon(() -> accept(server, nonce), "respoke-webrtc-accept").start();
    long millis = settings.startTimeout().toMillis();
    try {
      Map<Byte, SocketChannel> sockets = met.get(millis, TimeUnit.MILLISECONDS);
      FrameChannel orders = FrameChannel.ofControl(socket(sockets, WorkerMain.CONTROL));
      FrameChannel frames = FrameChannel.ofMedia(socket(sockets, WorkerMain.MEDIA));
      control = orders;
      media = frames;
      SocketChannel classes = socket(sockets, WorkerMain.CLASSES);
      Threads.daemon(() -> ClassServer.serve(classes), "respoke-webrtc-classes").start();
      orders.start(this);
      frames.start(new MediaHandler());
      audioClock.addLast(flush);
      if (lost.get()) {
        audioClock.remove(flush);
      }
      String refusal = ready.get(millis, TimeUnit.MILLISECONDS);
      if (refusal != null) {
        throw new MediaException(Reason.UNAVAILABLE, refusal);
      }
    } catch (TimeoutException e) {
      throw new IOException("it was not ready within " + millis + " ms", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The last to touch the directory. */
  private void awaitExit() {
    try {
      int status = process.waitFor();
      String said = said(directory);
      IOException exit =
          new IOException(
              "it ended with status " + status + (said.isEmpty() ? "" : ". It said: " + said));
      met.completeExceptionally(exit);
      ready.completeExceptionally(exit);
      lose("has ended with status " + status);
      delete(directory);
      cleaned.complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static SocketChannel socket(Map<Byte, SocketChannel> sockets, byte purpose)
      throws IOException {
    SocketChannel socket = sockets.get(purpose);
    if (socket == null) {
      throw new IOException("it did not open all its connections");
    }
    return socket;
  }

  private void accept(ServerSocketChannel server, byte[] nonce) {
    Map<Byte, SocketChannel> sockets = new HashMap<>();
    try {
      while (sockets.size() < 3) {
        SocketChannel socket = server.accept();
        ByteBuffer hello =
            ByteBuffer.wrap(
                FrameChannel.readFully(socket, 2 * Integer.BYTES + 1 + WorkerMain.NONCE_BYTES));
        boolean ours = hello.getInt() == WorkerMain.MAGIC && hello.getInt() == WorkerMain.VERSION;
        byte purpose = hello.get();
        byte[] said = new byte[WorkerMain.NONCE_BYTES];
        hello.get(said);
        if (ours && MessageDigest.isEqual(nonce, said)) {
          sockets.put(purpose, socket);
        } else {
          socket.close();
        }
      }
      met.complete(sockets);
    } catch (IOException e) {
      met.completeExceptionally(e);
    }
  }

  // Talking

  int number() {
    return numbers.incrementAndGet();
  }

  void add(int number, WorkerSession session) {
    sessions.put(number, session);
    if (lost.get() && sessions.remove(number) != null) {
      session.lost(failure("is gone"));
    }
  }

  void order(Wire.Order order, int number, Wire.Body body) {
    FrameChannel to = control;
    if (to != null) {
      to.send(
          CONTROL,
          Integer.MAX_VALUE,
          Wire.frame(
              out -> {
                Wire.constant(out, order);
                out.writeInt(number);
                body.writeTo(out);
              }));
    }
  }

  /** Leaves with the rest of this tick of the clock. */
  void sendAudio(int number, byte[] samples) {
    FrameChannel to = media;
    if (to != null) {
      to.sendLater(2 * number, Worker.AUDIO_FRAMES, media(Wire.Stream.AUDIO, number, samples));
    }
  }

  void sendVideo(int number, byte[] picture) {
    FrameChannel to = media;
    if (to != null) {
      to.send(2 * number + 1, Worker.VIDEO_FRAMES, media(Wire.Stream.VIDEO, number, picture));
    }
  }

  private static byte[] media(Wire.Stream stream, int number, byte[] bytes) {
    return Wire.frame(
        5 + bytes.length,
        out -> {
          Wire.constant(out, stream);
          out.writeInt(number);
          out.write(bytes);
        });
  }

  private void flushAudio() {
    FrameChannel to = media;
    if (to != null) {
      to.flush();
    }
  }

  void closed(int number) {
    if (sessions.remove(number) != null) {
      closedSessions.incrementAndGet();
      order(Wire.Order.CLOSE, number, out -> {});
    }
  }

  @Override
  public void frame(DataInputStream in) throws IOException {
    Wire.News news = Wire.constant(in, Wire.News.values());
    switch (news) {
      case READY -> ready.complete(null);
      case NOT_READY -> ready.complete(Wire.text(in));
      case PONG -> {
        unanswered.set(0);
        residentBytes = in.readLong();
        CompletableFuture<Void> waiting = answered;
        if (waiting != null) {
          waiting.complete(null);
        }
      }
      default -> {
        WorkerSession session = sessions.get(in.readInt());
        if (session != null) {
          session.hear(news, in);
        }
      }
    }
  }

  private final class MediaHandler implements FrameChannel.Handler {
    @Override
    public void frame(DataInputStream in) throws IOException {
      Wire.Stream stream = Wire.constant(in, Wire.Stream.values());
      WorkerSession session = sessions.get(in.readInt());
      if (session != null) {
        session.hearMedia(stream, in);
      }
    }

    @Override
    public void lost(Throwable why) {
      WorkerProcess.this.lost(why);
    }
  }

  // Supervision

  /**
   * Asks whether it lives, and gives it up when it has been silent for too long. Counts questions,
   * not time: who was suspended itself has not asked.
   */
  void watch() {
    long silentMillis = unanswered.getAndIncrement() * settings.heartbeat().toMillis();
    if (silentMillis >= settings.patience().toMillis()) {
      lose("has not answered for " + silentMillis + " ms");
    } else {
      order(Wire.Order.PING, 0, out -> {});
    }
  }

  boolean isLost() {
    return lost.get();
  }

  /** Keeps a place for a session that comes now, until {@link #release}; false without one. */
  synchronized boolean reserve() {
    if (retired || isLost() || isWorn() || sessions.size() + reserved >= settings.sessions()) {
      return false;
    }
    reserved++;
    return true;
  }

  /** The session has come, or it will not. */
  synchronized void release() {
    reserved--;
  }

  /** Ends it when it has done enough and nobody is there, nor on the way. */
  void retireIfWorn() {
    synchronized (this) {
      retired |= isWorn() && sessions.isEmpty() && reserved == 0;
      if (!retired) {
        return;
      }
    }
    lose("was replaced");
  }

  /** Whether it should be replaced when nobody is there. */
  boolean isWorn() {
    return closedSessions.get() >= settings.closedSessions()
        || residentBytes > settings.residentBytes();
  }

  long pid() {
    return process.pid();
  }

  Path directory() {
    return directory;
  }

  /** Completed when the process and its directory are gone. */
  CompletableFuture<Void> cleaned() {
    return cleaned;
  }

  @Override
  public void lost(Throwable why) {
    lose("is gone: " + why.getMessage());
  }

  private MediaException failure(String what) {
    return new MediaException(
        Reason.BACKEND_LOST, "The process that did the media " + what + "; start the call again");
  }

  /** Ends it, and all its sessions with it. */
  void lose(String what) {
    if (!lost.compareAndSet(false, true)) {
      return;
    }
    audioClock.remove(flush);
    FrameChannel orders = control;
    FrameChannel frames = media;
    if (orders != null) {
      orders.close();
    }
    if (frames != null) {
      frames.close();
    }
    process.destroyForcibly();
    MediaException failure = failure(what);
    List<WorkerSession> gone = List.copyOf(sessions.values());
    sessions.clear();
    if (!gone.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The process for media " + what + "; " + gone.size() + " sessions are lost");
    }
    gone.forEach(session -> session.lost(failure));
  }

  /** Lets it carry out what it was ordered, for a while, and ends it. Completed then. */
  CompletableFuture<Void> stop(Duration within) {
    CompletableFuture<Void> last = new CompletableFuture<>();
    answered = last;
    order(Wire.Order.PING, 0, out -> {});
    return last.completeOnTimeout(null, within.toMillis(), TimeUnit.MILLISECONDS)
        .thenRun(() -> lose("was stopped"));
  }

  private static String said(Path directory) {
    try {
      String said = Files.readString(directory.resolve("output.txt")).strip();
      return said.length() > MAX_OUTPUT_CHARACTERS
          ? said.substring(0, MAX_OUTPUT_CHARACTERS)
          : said;
    } catch (IOException e) {
      return "";
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "Left behind: " + directory, e);
    }
  }
}
