package io.respoke.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ClientOptions;
import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import io.respoke.media.AudioFormat;
import io.respoke.media.AudioSource;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Worker processes that die, hang, wear out or do not start. */
@Tag("media")
@Timeout(120)
class WorkerLossTest {
  private static final MediaConstraints CALL =
      new MediaConstraints(
          MediaConstraints.Direction.SEND_RECEIVE, MediaConstraints.Direction.NONE, true);

  /** What a call is in the middle of when its process dies. */
  enum During {
    OFFER,
    ANSWER,
    ICE,
    MEDIA,
    DATA,
    HANGUP
  }

  private static final class Silence implements AudioSource {
    final AtomicInteger closed = new AtomicInteger();
    final CountDownLatch closing = new CountDownLatch(1);
    final CountDownLatch asked = new CountDownLatch(20);

    @Override
    public AudioFormat format() {
      return AudioFormat.MONO_48K;
    }

    @Override
    public boolean read(short[] samples) {
      asked.countDown();
      return false;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
      closing.countDown();
    }
  }

  private static MediaSession open(
      WorkerBackend backend, LossListener listener, AudioSource microphone) {
    return done(opening(backend, listener, microphone));
  }

  private static CompletionStage<MediaSession> opening(
      WorkerBackend backend, LossListener listener, AudioSource microphone) {
    return backend.open(
        new MediaRequest(
            "session",
            CALL,
            new MediaDevices(
                Optional.of(microphone), Optional.empty(), Optional.empty(), Optional.empty()),
            List.of(),
            false,
            Optional.empty()),
        listener);
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static <T> boolean hasEnded(CompletionStage<T> stage) {
    return done(stage.handle((value, failure) -> true));
  }

  private static Reason reason(CompletionStage<?> stage) {
    CompletionException failed =
        assertThrows(
            CompletionException.class,
            () -> stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join());
    return ((MediaException) failed.getCause()).reason();
  }

  private static WorkerSettings settings(Path java, List<String> options) {
    WorkerSettings usual = WorkerSettings.defaults();
    return new WorkerSettings(
        java,
        options,
        Duration.ofSeconds(20),
        Duration.ofMillis(100),
        Duration.ofSeconds(6),
        usual.sessions(),
        usual.closedSessions(),
        usual.residentBytes());
  }

  private static WorkerSettings settings() {
    return settings(WorkerSettings.defaults().java(), WorkerSettings.defaults().options());
  }

  private static WorkerSettings limited(int sessions, int closedSessions) {
    WorkerSettings usual = settings();
    return new WorkerSettings(
        usual.java(),
        usual.options(),
        usual.startTimeout(),
        usual.heartbeat(),
        usual.patience(),
        sessions,
        closedSessions,
        usual.residentBytes());
  }

  private static long pid(WorkerBackend backend) {
    return backend.workers().get(0).pid();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static void awaitEnd(long pid) {
    ProcessHandle.of(pid)
        .ifPresent(process -> process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }

  @ParameterizedTest
  @EnumSource(During.class)
  void aKilledProcessEndsItsSessionsAndIsReplaced(During during) throws Exception {
    WorkerBackend backend = WorkerBackend.start(settings());
    try {
      LossListener callerHears = new LossListener();
      LossListener calleeHears = new LossListener();
      Silence microphone = new Silence();
      MediaSession caller = open(backend, callerHears, microphone);
      MediaSession callee = open(backend, calleeHears, new Silence());
      callerHears.passTo(callee);
      calleeHears.passTo(caller);
      long pid = pid(backend);
      CompletionStage<?> running = CompletableFuture.completedStage(null);
      switch (during) {
        case OFFER -> running = caller.createOffer();
        case ANSWER -> {
          done(callee.setRemoteDescription(done(caller.createOffer())));
          running = callee.createAnswer();
        }
        default -> {
          done(callee.setRemoteDescription(done(caller.createOffer())));
          SessionDescription answer = done(callee.createAnswer());
          running = caller.setRemoteDescription(answer);
          if (during != During.ICE) {
            callerHears.await("connected");
            assertTrue(microphone.asked.await(30, TimeUnit.SECONDS));
          }
          if (during == During.DATA) {
            callerHears.await("open");
            done(caller.sendBytes(new byte[1000]));
            for (int i = 0; i < 100; i++) {
              running = caller.sendBytes(new byte[60_000]);
            }
          }
          if (during == During.HANGUP) {
            caller.close();
          }
        }
      }
      kill(pid);
      calleeHears.await("closed");
      callerHears.await("closed");
      // Whatever ran has ended, one way or the other.
      assertTrue(hasEnded(running));
      assertTrue(calleeHears.told().contains("failed BACKEND_LOST"), calleeHears.told().toString());
      if (during != During.HANGUP) {
        assertEquals("failed BACKEND_LOST", callerHears.told().get(callerHears.told().size() - 2));
      }
      assertEquals(Reason.CLOSED, reason(caller.createOffer()));
      LossListener nextHears = new LossListener();
      MediaSession next = open(backend, nextHears, new Silence());
      assertNotEquals(pid, pid(backend));
      assertEquals(SessionDescription.Type.OFFER, done(next.createOffer()).type());
      assertTrue(microphone.closing.await(30, TimeUnit.SECONDS));
      assertEquals(1, microphone.closed.get());
    } finally {
      backend.close();
    }
  }

  @Test
  void openingEndsWhenTheProcessIsKilledMeanwhile() throws Exception {
    WorkerBackend backend = WorkerBackend.start(settings());
    try {
      for (int round = 0; round < 3; round++) {
        LossListener listener = new LossListener();
        Silence microphone = new Silence();
        long pid = pid(backend);
        CompletionStage<MediaSession> opening = opening(backend, listener, microphone);
        kill(pid);
        Reason refused = done(opening.handle((session, failure) -> refusal(failure)));
        // It may have been opened before, and is told then that it is lost; or after, elsewhere.
        boolean elsewhere = backend.workers().stream().anyMatch(worker -> worker.pid() != pid);
        if (refused == null && !elsewhere) {
          listener.await("failed BACKEND_LOST");
          assertTrue(microphone.closing.await(30, TimeUnit.SECONDS));
        }
        open(backend, new LossListener(), new Silence());
        assertNotEquals(pid, pid(backend));
        if (refused != null) {
          assertEquals(Reason.BACKEND_LOST, refused);
        }
        if (refused != null || elsewhere) {
          assertEquals(List.of(), listener.told());
          assertEquals(0, microphone.closed.get(), "it stays the caller's, or is in use elsewhere");
        }
      }
    } finally {
      backend.close();
    }
  }

  private static @Nullable Reason refusal(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null ? null : ((MediaException) cause).reason();
  }

  @Test
  void openingEndsWhenTheBackendIsClosedMeanwhile() {
    for (int round = 0; round < 3; round++) {
      WorkerBackend backend = WorkerBackend.start(limited(1, 100));
      open(backend, new LossListener(), new Silence());
      List<CompletionStage<MediaSession>> opening = new ArrayList<>();
      // Each needs a process of its own: the last is far from open when the backend is closed.
      for (int i = 0; i < 10; i++) {
        opening.add(
            backend.open(
                new MediaRequest(
                    "session", CALL, MediaDevices.none(), List.of(), false, Optional.empty()),
                new LossListener()));
      }
      backend.close();
      assertEquals(
          Reason.CLOSED, done(opening.get(9).handle((session, failure) -> refusal(failure))));
      opening.forEach(stage -> assertTrue(hasEnded(stage)));
      assertEquals(List.of(), backend.workers());
    }
  }

  @Test
  void operationsUnderWaySayThatTheProcessIsGone() throws Exception {
    WorkerBackend backend = WorkerBackend.start(settings());
    try {
      LossListener listener = new LossListener();
      MediaSession session = open(backend, listener, new Silence());
      long pid = pid(backend);
      signal("STOP", pid);
      CompletionStage<?> running = session.createOffer();
      kill(pid);
      assertEquals(Reason.BACKEND_LOST, reason(running));
      listener.await("closed");
    } finally {
      backend.close();
    }
  }

  @Test
  void operationsThatWaitForAStoppedProcessHaveABound() throws Exception {
    WorkerSettings usual = WorkerSettings.defaults();
    WorkerBackend backend = WorkerBackend.start(usual);
    try {
      LossListener listener = new LossListener();
      MediaSession session = open(backend, listener, new Silence());
      long pid = pid(backend);
      signal("STOP", pid);
      List<CompletionStage<?>> waiting = new ArrayList<>();
      for (int i = 0; i < Operations.MAX; i++) {
        waiting.add(session.statistics());
      }
      assertEquals(Reason.BACK_PRESSURE, reason(session.statistics()));
      kill(pid);
      for (CompletionStage<?> each : waiting) {
        assertEquals(Reason.BACKEND_LOST, reason(each));
      }
      listener.await("closed");
    } finally {
      backend.close();
    }
  }

  @Test
  void aProcessThatStopsAnsweringIsGivenUp() throws Exception {
    WorkerBackend backend = WorkerBackend.start(settings());
    try {
      LossListener listener = new LossListener();
      MediaSession session = open(backend, listener, new Silence());
      long pid = pid(backend);
      signal("STOP", pid);
      assertEquals(Reason.BACKEND_LOST, reason(session.createOffer()));
      listener.await("failed BACKEND_LOST");
      listener.await("closed");
      awaitEnd(pid);
      open(backend, new LossListener(), new Silence());
    } finally {
      backend.close();
    }
  }

  private static void signal(String name, long pid) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
    assertEquals(0, kill.waitFor());
  }

  @Test
  void whatCannotBeStartedIsUnavailable() {
    Path java = WorkerSettings.defaults().java();
    for (WorkerSettings bad :
        List.of(
            settings(Path.of("/nowhere/bin/java"), List.of()),
            settings(java, List.of("-XX:+NoSuchOption")),
            settings(java, List.of("-version")))) {
      MediaException failure =
          assertThrows(MediaException.class, () -> WorkerBackend.start(bad).close());
      assertEquals(Reason.UNAVAILABLE, failure.reason());
    }
    MediaException named =
        assertThrows(
            MediaException.class,
            () -> WorkerBackend.start(settings(java, List.of("-XX:+NoSuchOption"))).close());
    assertTrue(String.valueOf(named.getMessage()).contains("NoSuchOption"), named::getMessage);
  }

  @Test
  void whatNeverGetsReadyIsGivenUp() {
    WorkerSettings usual = settings();
    WorkerSettings slow =
        new WorkerSettings(
            Path.of("/bin/sh"),
            List.of("-c", "exec sleep 600"),
            Duration.ofMillis(500),
            usual.heartbeat(),
            usual.patience(),
            usual.sessions(),
            usual.closedSessions(),
            usual.residentBytes());
    MediaException failure =
        assertThrows(MediaException.class, () -> WorkerBackend.start(slow).close());
    assertEquals(Reason.UNAVAILABLE, failure.reason());
    assertTrue(
        String.valueOf(failure.getMessage()).contains("not ready within 500 ms"),
        failure::getMessage);
  }

  @Test
  void aFullProcessGetsACompanion() {
    WorkerBackend backend = WorkerBackend.start(limited(1, 100));
    try {
      open(backend, new LossListener(), new Silence());
      assertEquals(1, backend.workers().size());
      open(backend, new LossListener(), new Silence());
      assertEquals(2, backend.workers().size());
    } finally {
      backend.close();
    }
  }

  @Test
  void aWornProcessIsReplacedWhenItIsIdle() {
    WorkerBackend backend = WorkerBackend.start(limited(10, 1));
    try {
      LossListener first = new LossListener();
      LossListener second = new LossListener();
      MediaSession worn = open(backend, first, new Silence());
      MediaSession companion = open(backend, second, new Silence());
      long pid = pid(backend);
      worn.close();
      first.await("closed");
      open(backend, new LossListener(), new Silence());
      assertEquals(2, backend.workers().size());
      companion.close();
      second.await("closed");
      awaitEnd(pid);
      assertFalse(second.told().contains("failed BACKEND_LOST"));
    } finally {
      backend.close();
    }
  }

  @Test
  void nothingIsLeftBehind() {
    WorkerBackend backend = WorkerBackend.start(settings());
    WorkerProcess worker = backend.workers().get(0);
    assertTrue(Files.isDirectory(worker.directory()));
    backend.close();
    backend.close();
    assertEquals(List.of(), backend.workers());
    worker.cleaned().orTimeout(30, TimeUnit.SECONDS).join();
    assertFalse(Files.exists(worker.directory()));
  }

  /** What the parent is watched with would make each child listen on the same port. */
  @Test
  void theParentsJavaOptionsAreNotInherited() throws Exception {
    assertTrue(String.valueOf(System.getenv("JDK_JAVA_OPTIONS")).contains("for.the.parent"));
    WorkerBackend backend = WorkerBackend.start(settings());
    try {
      String environment =
          Files.readString(
              Path.of("/proc/" + pid(backend) + "/environ"), StandardCharsets.ISO_8859_1);
      assertTrue(environment.contains("PATH="));
      assertFalse(environment.contains("for.the.parent"));
    } finally {
      backend.close();
    }
  }

  @Test
  void aProcessEndsWithItsParent() throws Exception {
    Process parent =
        new ProcessBuilder(
                WorkerSettings.defaults().java().toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(parent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(3, parent.waitFor(), said);
    awaitEnd(Long.parseLong(said.strip()));
  }

  /** Run in a JVM of its own: starts a worker and dies. */
  static final class Parent {
    public static void main(String[] arguments) {
      WorkerBackend backend = WorkerBackend.start(WorkerSettings.defaults());
      System.out.println(pid(backend));
      System.out.flush();
      Runtime.getRuntime().halt(3);
    }
  }

  @Test
  void theIsolationMustBeKnown() {
    ClientOptions odd =
        ClientOptions.builder()
            .baseUrl("http://127.0.0.1")
            .appId("test")
            .attribute(WebRtcBackendProvider.ISOLATION, "maybe")
            .build();
    assertThrows(IllegalArgumentException.class, () -> new WebRtcBackendProvider().backend(odd));
  }
}
