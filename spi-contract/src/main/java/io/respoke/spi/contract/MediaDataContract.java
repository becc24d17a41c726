package io.respoke.spi.contract;

import static io.respoke.spi.contract.MediaPeer.done;
import static io.respoke.spi.contract.MediaPeer.reason;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.DirectConnection;
import io.respoke.MediaException.Reason;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaSession;
import io.respoke.spi.contract.MediaStage.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every backend with data channels must do.
 *
 * <p>Part of {@link MediaBackendContract}, which names what it needs.
 */
@Tag("media")
@Timeout(120)
public interface MediaDataContract extends MediaSessionContract {
  /** Text and bytes arrive as they were sent, in order, both ways. */
  @Test
  default void dataGoesBothWaysInOrder() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connectData();
      List<String> texts = new ArrayList<>(List.of("", "é 世界 😀", "\u0000", " "));
      IntStream.range(0, 200).forEach(i -> texts.add("number " + i));
      for (List<MediaPeer> way :
          List.of(List.of(pair.caller(), pair.callee()), List.of(pair.callee(), pair.caller()))) {
        MediaSession from = way.get(0).session();
        List<CompletionStage<Void>> sent = texts.stream().map(from::sendText).toList();
        byte[] bytes = {0, -1, 127, -128};
        CompletionStage<Void> sentBytes = from.sendBytes(bytes);
        Arrays.fill(bytes, (byte) 7);
        sent.forEach(MediaPeer::done);
        done(sentBytes);
        way.get(1).await("bytes 4");
        assertArrayEquals(new byte[] {0, -1, 127, -128}, way.get(1).bytes().get(0));
        assertEquals(
            texts,
            way.get(1).told().stream()
                .filter(call -> call.startsWith("text "))
                .map(call -> call.substring("text ".length()))
                .toList());
      }
    }
  }

  /** The largest message passes; a larger one is refused and harms nothing. */
  @Test
  default void messagesHaveALargestSize() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connectData();
      MediaSession caller = pair.caller().session();
      int max = DirectConnection.MAX_MESSAGE_BYTES;
      assertEquals(Reason.TOO_LARGE, reason(caller.sendBytes(new byte[max + 1])));
      assertEquals(Reason.TOO_LARGE, reason(caller.sendText("é".repeat(max / 2) + "x")));
      byte[] largest = new byte[max];
      largest[max - 1] = 42;
      done(caller.sendBytes(largest));
      done(caller.sendText("after"));
      pair.callee().await("text after");
      assertArrayEquals(largest, pair.callee().bytes().get(0));
    }
  }

  /** What waits has a bound; below it everything arrives, and what was refused does not. */
  @Test
  default void tooMuchDataIsRefusedUntilSomeHasLeft() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      Pair pair = stage.connectData();
      MediaSession caller = pair.caller().session();
      byte[] block = new byte[100_000];
      List<CompletionStage<Void>> accepted = new ArrayList<>();
      Reason refused = null;
      while (refused == null && accepted.size() < 100_000) {
        CompletionStage<Void> stageOfBlock = caller.sendBytes(block);
        if (stageOfBlock.toCompletableFuture().isCompletedExceptionally()) {
          refused = reason(stageOfBlock);
        } else {
          accepted.add(stageOfBlock);
        }
      }
      assertEquals(Reason.BACK_PRESSURE, refused);
      assertTrue(caller.bufferedAmount() > 0);
      accepted.forEach(MediaPeer::done);
      done(caller.sendText("end"));
      pair.callee().await("text end");
      assertEquals(0, caller.bufferedAmount());
      assertEquals(accepted.size(), pair.callee().count("bytes 100000"));
    }
  }

  /** Nothing can be sent before the channel is open, nor after the other side closed it. */
  @Test
  default void dataNeedsAnOpenChannel() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      MediaPeer alone = stage.open(MediaConstraints.dataOnly(), MediaDevices.none());
      assertEquals(Reason.WRONG_STATE, reason(alone.session().sendText("early")));
      Pair pair = stage.connectData();
      pair.callee().session().close();
      pair.caller().await("channel closed");
      assertEquals(Reason.WRONG_STATE, reason(pair.caller().session().sendText("late")));
      assertEquals(1, pair.caller().count("channel closed"));
    }
  }
}
