package io.respoke.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ClientOptions;
import io.respoke.MediaException;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaBackendProvider;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaBackendsTest {
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final SlowStart provider = new SlowStart();
  private final MediaBackends backends =
      new MediaBackends(
          pool,
          () -> provider.backend(ClientOptions.builder().build()),
          () -> {
            throw new IllegalStateException("none is asked for");
          });

  /** A plug-in whose backend takes as long to start as the test likes. */
  private static final class SlowStart implements MediaBackendProvider {
    final CountDownLatch started = new CountDownLatch(1);
    final CountDownLatch ready = new CountDownLatch(1);
    final AtomicInteger made = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final CountDownLatch closedOnce = new CountDownLatch(1);

    @Override
    public String name() {
      return "slow-start";
    }

    @Override
    public MediaBackend backend(ClientOptions options) {
      started.countDown();
      try {
        assertTrue(ready.await(30, TimeUnit.SECONDS), "the test never let it go on");
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      made.incrementAndGet();
      return new MediaBackend() {
        @Override
        public CompletionStage<MediaSession> open(
            MediaRequest request, MediaSessionListener listener) {
          return CompletableFuture.failedFuture(
              new MediaException(MediaException.Reason.UNSUPPORTED, "It only starts"));
        }

        @Override
        public void close() {
          closed.incrementAndGet();
          closedOnce.countDown();
        }
      };
    }
  }

  @AfterEach
  void shutDown() {
    provider.ready.countDown();
    pool.shutdown();
  }

  @Test
  void oneThatIsReadyAfterTheClientWasClosedIsClosed() throws Exception {
    CompletableFuture<MediaBackend> asked = backends.of(false);
    assertTrue(provider.started.await(30, TimeUnit.SECONDS));

    backends.close();
    pool.shutdown(); // as the last client does
    provider.ready.countDown();

    assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
    assertEquals(1, provider.made.get());
    assertEquals(1, provider.closed.get());
    assertEquals(MediaException.Reason.CLOSED, failure(asked).reason());
    assertEquals(MediaException.Reason.CLOSED, failure(backends.of(false)).reason());
  }

  @Test
  void oneThatIsThereIsClosedOnce() throws Exception {
    provider.ready.countDown();
    MediaBackend backend = backends.of(false).get(30, TimeUnit.SECONDS);
    assertEquals(backend, backends.of(false).get(30, TimeUnit.SECONDS), "one for all calls");
    assertEquals(1, provider.made.get());

    backends.close();
    backends.close();

    assertTrue(provider.closedOnce.await(30, TimeUnit.SECONDS));
    pool.shutdown();
    assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
    assertEquals(1, provider.closed.get());
  }

  @Test
  void oneThatIsThereIsClosedAlsoWhenTheThreadsHaveGone() throws Exception {
    provider.ready.countDown();
    assertFalse(backends.of(false).get(30, TimeUnit.SECONDS) == null);
    pool.shutdown();
    assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));

    backends.close();

    assertEquals(1, provider.closed.get());
  }

  private static MediaException failure(CompletableFuture<?> future) {
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS));
    return assertInstanceOf(MediaException.class, failed.getCause());
  }
}
