package io.respoke.core.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ClientOptions;
import io.respoke.MediaException;
import io.respoke.media.ExternalMedia;
import io.respoke.media.MediaKind;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.MediaBackend;
import io.respoke.spi.MediaBackendProvider;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import io.respoke.spi.contract.MediaSessionContract;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Sessions whose media an application's media server does. */
class ExternalMediaContractTest implements MediaSessionContract {
  private static final ExecutorService CALLBACKS = Executors.newCachedThreadPool();
  private static final ExecutorService SERVER = Executors.newSingleThreadExecutor();

  /** Answers on a thread of its own, like a real one. */
  private static final class MediaServer implements ExternalMedia {
    @Override
    public CompletionStage<String> createOffer() {
      return CompletableFuture.supplyAsync(() -> "v=0\r\ns=offer\r\n", SERVER);
    }

    @Override
    public CompletionStage<String> createAnswer(String offer) {
      return CompletableFuture.supplyAsync(() -> "v=0\r\ns=answer\r\n", SERVER);
    }

    @Override
    public CompletionStage<Void> applyAnswer(String answer) {
      return CompletableFuture.runAsync(() -> {}, SERVER);
    }
  }

  @AfterAll
  static void stop() {
    CALLBACKS.shutdownNow();
    SERVER.shutdownNow();
  }

  @Override
  public MediaBackendProvider mediaBackendProvider() {
    return new MediaBackendProvider() {
      @Override
      public String name() {
        return "external";
      }

      @Override
      public MediaBackend backend(ClientOptions options) {
        return new ExternalMediaBackend(CALLBACKS);
      }
    };
  }

  @Override
  public Optional<ExternalMedia> externalMedia() {
    return Optional.of(new MediaServer());
  }

  /** Waits for the end only. */
  private static final class End implements MediaSessionListener {
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void onIceCandidate(IceCandidate candidate) {}

    @Override
    public void onGatheringComplete() {}

    @Override
    public void onConnected() {}

    @Override
    public void onInterrupted() {}

    @Override
    public void onRemoteMedia(MediaKind kind) {}

    @Override
    public void onRemoteMediaEnded(MediaKind kind) {}

    @Override
    public void onTone(String tone) {}

    @Override
    public void onChannelOpen() {}

    @Override
    public void onText(String text) {}

    @Override
    public void onBytes(byte[] bytes) {}

    @Override
    public void onChannelClosed() {}

    @Override
    public void onDeviceFailed(Throwable failure) {}

    @Override
    public void onFailed(Throwable failure) {}

    @Override
    public void onClosed() {
      closed.countDown();
    }
  }

  @Test
  void aMediaServerThatNeverAnswersDoesNotHoldUpTheEnd() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    ExternalMedia silent =
        new ExternalMedia() {
          @Override
          public CompletionStage<String> createOffer() {
            asked.countDown();
            return new CompletableFuture<>();
          }

          @Override
          public CompletionStage<String> createAnswer(String offer) {
            return new CompletableFuture<>();
          }

          @Override
          public CompletionStage<Void> applyAnswer(String answer) {
            return new CompletableFuture<>();
          }

          @Override
          public void close() {
            told.countDown();
          }
        };
    End end = new End();
    try (MediaBackend backend = new ExternalMediaBackend(CALLBACKS)) {
      MediaSession session =
          backend
              .open(
                  new MediaRequest(
                      "session",
                      MediaConstraints.dataOnly(),
                      MediaDevices.none(),
                      List.of(),
                      false,
                      Optional.of(silent)),
                  end)
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);
      CompletableFuture<?> offer = session.createOffer().toCompletableFuture();
      assertTrue(asked.await(20, TimeUnit.SECONDS));
      session.close();
      assertTrue(end.closed.await(20, TimeUnit.SECONDS));
      assertTrue(told.await(20, TimeUnit.SECONDS));
      CompletionException failed = assertThrows(CompletionException.class, offer::join);
      assertEquals(MediaException.Reason.CLOSED, ((MediaException) failed.getCause()).reason());
    }
  }
}
