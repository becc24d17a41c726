package io.respoke.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.media.AudioFormat;
import io.respoke.media.AudioFrame;
import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaConstraints.Direction;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Worker processes that are replaced because they have done enough, and what that leaves behind.
 */
@Tag("media")
@Timeout(300)
class RecyclingTest {
  private static final MediaConstraints CALL =
      new MediaConstraints(Direction.SEND_RECEIVE, Direction.NONE, true);

  private static final class Hum implements AudioSource {
    @Override
    public AudioFormat format() {
      return AudioFormat.MONO_48K;
    }

    @Override
    public boolean read(short[] samples) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (short) (i % 96 < 48 ? 5000 : -5000);
      }
      return true;
    }
  }

  /** Counts frames that are not silence. */
  private static final class Ear implements AudioSink {
    private volatile CountDownLatch more = new CountDownLatch(0);

    @Override
    public void onAudio(AudioFrame frame) {
      for (short sample : frame.samples()) {
        if (sample > 1000) {
          more.countDown();
          return;
        }
      }
    }

    void awaitMore(int frames) throws InterruptedException {
      CountDownLatch awaited = new CountDownLatch(frames);
      more = awaited;
      assertTrue(awaited.await(30, TimeUnit.SECONDS), "the call is silent");
    }
  }

  private static final class Call {
    final LossListener callerHears = new LossListener();
    final LossListener calleeHears = new LossListener();
    final Ear ear = new Ear();
    final MediaSession caller;
    final MediaSession callee;

    Call(WorkerBackend backend) {
      caller = open(backend, callerHears, new Ear());
      callee = open(backend, calleeHears, ear);
      callerHears.passTo(callee);
      calleeHears.passTo(caller);
      done(callee.setRemoteDescription(done(caller.createOffer())));
      done(caller.setRemoteDescription(done(callee.createAnswer())));
      callerHears.await("connected");
      calleeHears.await("open");
    }

    private static MediaSession open(WorkerBackend backend, LossListener listener, AudioSink ear) {
      return done(
          backend.open(
              new MediaRequest(
                  "session",
                  CALL,
                  new MediaDevices(
                      Optional.of(new Hum()), Optional.of(ear), Optional.empty(), Optional.empty()),
                  List.of(),
                  false,
                  Optional.empty()),
              listener));
    }

    void close() {
      caller.close();
      callee.close();
      callerHears.await("closed");
      calleeHears.await("closed");
      assertFalse(callerHears.told().contains("failed BACKEND_LOST"));
      assertFalse(calleeHears.told().contains("failed BACKEND_LOST"));
    }
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static WorkerSettings settings(int closedSessions, long residentBytes) {
    WorkerSettings usual = WorkerSettings.defaults();
    return new WorkerSettings(
        usual.java(),
        usual.options(),
        usual.startTimeout(),
        Duration.ofMillis(50),
        usual.patience(),
        usual.sessions(),
        closedSessions,
        residentBytes);
  }

  private static void await(String what, LongSupplier value, long atMost)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (value.getAsLong() > atMost) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(what + ": " + value.getAsLong() + ", expected " + atMost);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** One that has grown too large takes no new calls, and goes when its last one has ended. */
  @Test
  void aProcessThatHasGrownIsReplacedWithoutBreakingItsCall() throws Exception {
    WorkerBackend backend = WorkerBackend.start(settings(1000, 1));
    try {
      Call running = new Call(backend);
      // Both sides may be in different processes: each is too large as soon as it has said so.
      await(
          "workers that are not worn",
          () -> backend.workers().stream().filter(w -> !w.isWorn()).count(),
          0);
      List<WorkerProcess> grown = backend.workers();
      running.ear.awaitMore(50);
      Call next = new Call(backend);
      assertNotEquals(grown, backend.workers());
      running.ear.awaitMore(50);
      next.ear.awaitMore(50);
      next.close();
      running.ear.awaitMore(50);
      running.close();
      grown.forEach(worker -> done(worker.cleaned()));
      await("workers", () -> backend.workers().size(), 0);
    } finally {
      backend.close();
    }
  }

  @Test
  void aProcessIsNotReplacedUnderASessionThatIsOnItsWay() throws Exception {
    MediaClock clock = new MediaClock("recycling", Runnable::run);
    WorkerProcess worker = WorkerProcess.start(settings(1000, 1), clock);
    try {
      worker.watch();
      await("workers that are not worn", () -> worker.isWorn() ? 0 : 1, 0);
      worker.retireIfWorn();
      assertFalse(worker.isLost(), "the place that it was started with is reserved");
      assertFalse(worker.reserve(), "it takes no more");
      worker.release();
      worker.retireIfWorn();
      assertTrue(worker.isLost());
      done(worker.cleaned());
    } finally {
      worker.lose("was not needed");
      clock.close();
    }
  }

  private static long entries(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long fileDescriptors() {
    return entries(Path.of("/proc/self/fd"));
  }

  private static long threads() {
    return entries(Path.of("/proc/self/task"));
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Forty calls after each other, in processes that are replaced meanwhile. */
  @Test
  void callsAndReplacedProcessesLeaveNothingBehind() throws Exception {
    WorkerBackend backend = WorkerBackend.start(settings(16, Long.MAX_VALUE));
    Set<Long> processes = new HashSet<>();
    try {
      for (int i = 0; i < 10; i++) {
        new Call(backend).close();
      }
      await("workers", () -> backend.workers().size(), 1);
      long fileDescriptors = fileDescriptors();
      long threads = threads();
      long heap = heap();
      for (int i = 0; i < 40; i++) {
        Call call = new Call(backend);
        backend.workers().forEach(worker -> processes.add(worker.pid()));
        call.close();
      }
      assertTrue(processes.size() >= 5, processes::toString);
      await("workers", () -> backend.workers().size(), 1);
      // What one more worker would take is more than this.
      await("file descriptors", RecyclingTest::fileDescriptors, fileDescriptors + 2);
      await("threads", RecyclingTest::threads, threads + 4);
      await("bytes of heap", RecyclingTest::heap, heap + (4L << 20));
    } finally {
      backend.close();
    }
    for (long pid : processes) {
      ProcessHandle.of(pid)
          .ifPresent(process -> process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }
    assertEquals(List.of(), backend.workers());
  }
}
