package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.event.MediaConnected;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.service.ServiceOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One call after another: nothing of them stays in this process, in which the service runs too. */
@Tag("browser")
@Tag("media")
@Tag("slow")
class ManyCallsTest {
  private static final int FIRST = 8;
  private static final int CALLS = 40;

  /** What the service remembers of a call that is over, for some minutes. */
  private static final long OF_SERVICE = 32_768;

  // One page makes more calls a second here than the limit for its session is meant for.
  @RegisterExtension final Interop interop = new Interop(ServiceOptions.Builder::noRateLimit);

  /** What a process could lose to a call. */
  private record Footprint(int threads, long files, long heap) {
    static Footprint now() throws IOException {
      long heap = Long.MAX_VALUE;
      // What is collected may free more: the least of several is what is held.
      for (int i = 0; i < 4; i++) {
        System.gc();
        heap = Math.min(heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      }
      try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
        return new Footprint(
            ManagementFactory.getThreadMXBean().getThreadCount(), files.count(), heap);
      }
    }
  }

  @Test
  void forty_calls_leave_no_thread_no_file_and_no_memory() throws Exception {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("acceptCalls");
    // Not a client that remembers its events, and with them its calls.
    Client bob = interop.client("bob");
    JavaClient.get(bob.connect());
    for (int i = 0; i < FIRST; i++) {
      call(alice, bob);
    }
    interop.forgetTrace();
    Footprint before = Footprint.now();
    List<WeakReference<Call>> calls = new ArrayList<>();
    for (int i = FIRST; i < CALLS; i++) {
      calls.add(new WeakReference<>(call(alice, bob)));
    }
    interop.forgetTrace();
    Footprint after = Footprint.now();

    String grown = before + " became " + after;
    // The last one may still be on a thread's stack.
    assertTrue(calls.stream().filter(call -> call.get() != null).count() <= 1, "calls are held");
    // Pools may have one more thread at work, and a socket may be open that will close.
    assertTrue(after.threads <= before.threads + 3, grown);
    assertTrue(after.files <= before.files + 3, grown);
    assertTrue(after.heap - before.heap < (CALLS - FIRST) * OF_SERVICE, grown);
  }

  private static Call call(BrowserPage alice, Client bob) {
    Call call =
        bob.startAudioCall(
            "alice", CallOptions.builder().microphone(MeasuredAudio.tone(1000)).build());
    CompletableFuture<MediaConnected> media = new CompletableFuture<>();
    call.listen(MediaConnected.class, media::complete);
    alice.await("call-connect");
    JavaClient.get(call.connected());
    JavaClient.get(media);
    JavaClient.get(call.hangup());
    alice.await("call-hangup");
    assertTrue(bob.calls().isEmpty());
    return call;
  }
}
