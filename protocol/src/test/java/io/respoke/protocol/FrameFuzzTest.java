package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.respoke.protocol.ApiRequestCodec.ArgumentForm;
import io.respoke.protocol.Transcripts.Line;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Breaks recorded frames in every way a peer or a network could, and hands them to every decoder.
 * {@code -Drespoke.fuzz.frames=5000000} makes the run long, {@code -Drespoke.fuzz.seed=…} repeats
 * one.
 */
@Tag("fuzz")
class FrameFuzzTest {
  private static final long FRAMES = Long.getLong("respoke.fuzz.frames", 100_000);

  /** The problem, the quote with each character escaped, and the words around both. */
  private static final int LONGEST_MESSAGE = 6 * ProtocolException.QUOTED_CHARACTERS + 120;

  @Test
  void everyBadFrameIsATypedFailureWithShortenedText() {
    long seed = Long.getLong("respoke.fuzz.seed", System.nanoTime());
    FrameMutator mutator =
        new FrameMutator(
            new SplittableRandom(seed),
            Transcripts.frames().stream().map(Line::text).distinct().toList());
    long started = System.nanoTime();
    long refused = 0;
    for (long i = 0; i < FRAMES; i++) {
      String text = mutator.next();
      try {
        if (!survives(text)) {
          refused++;
        }
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        fail("seed " + seed + ", frame " + i + ": " + Json.write(Json.string(text)), e);
      }
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - started);
    System.out.printf(
        Locale.ROOT,
        "fuzz: %,d frames, %,d of them refused, %.1f s, seed %d%n",
        FRAMES,
        refused,
        taken.toMillis() / 1000.0,
        seed);
    assertTrue(refused > FRAMES / 10, "too few broken frames: " + refused);
    assertTrue(refused < FRAMES * 9 / 10, "too few frames get past the first decoder: " + refused);
  }

  /** Whether all decoders that apply took the text. */
  private static boolean survives(String text) {
    try {
      Frame frame = FrameCodec.decode(text);
      String written = FrameCodec.encode(frame);
      assertEquals(frame, FrameCodec.decode(written));
      if (frame instanceof Frame.Event event) {
        return event(event);
      }
      if (frame instanceof Frame.Ack ack) {
        ApiResponse response = ApiResponseCodec.decode(ack);
        response.failed();
        grant(response);
      }
      return true;
    } catch (ProtocolException e) {
      assertTrue(e.getMessage().length() <= LONGEST_MESSAGE, e::getMessage);
      return false;
    }
  }

  private static boolean event(Frame.Event event) {
    List<ServerEvent> events = ServerEventCodec.decode(event);
    assertTrue(!events.isEmpty());
    for (ServerEvent decoded : events) {
      assertEquals(List.of(decoded), ServerEventCodec.decode(ServerEventCodec.encode(decoded)));
    }
    if (!ApiRequestCodec.isRequest(event)) {
      return events.stream().noneMatch(ServerEvent.Unknown.class::isInstance);
    }
    ApiRequest request = ApiRequestCodec.decode(event);
    assertEquals(
        request, ApiRequestCodec.decode(ApiRequestCodec.encode(request, 1, ArgumentForm.OBJECT)));
    if (request.data() != null) {
      new Role(request.data()).allows(Role.GroupPermission.PUBLISH, "g");
      Json.whole(request.data(), "limit");
      Json.bool(request.data(), "push", false);
    }
    return true;
  }

  /** Nearly no answer is a token's; one that is none must fail as typed as the rest. */
  private static void grant(ApiResponse response) {
    if (response.body() instanceof JsonObject body) {
      try {
        TokenGrant.of(body);
      } catch (MalformedJsonException e) {
        assertTrue(e.getMessage().length() <= LONGEST_MESSAGE, e::getMessage);
      }
    }
  }
}
