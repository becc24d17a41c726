package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Breaks recorded signals and reads what is left of them. {@code -Drespoke.fuzz.frames=…} makes the
 * long run longer, {@code -Drespoke.fuzz.seed=…} repeats one.
 */
class SignalFuzzTest {
  private static final long SIGNALS = Long.getLong("respoke.fuzz.frames", 100_000);
  private static final int LONGEST_MESSAGE = 6 * ProtocolException.QUOTED_CHARACTERS + 120;

  @Test
  void aFewBadSignalsAreTypedFailures() {
    everyBadSignalIsATypedFailure(2_000);
  }

  @Test
  @Tag("fuzz")
  void everyBadSignalIsATypedFailureWithShortenedText() {
    everyBadSignalIsATypedFailure(SIGNALS);
  }

  private static void everyBadSignalIsATypedFailure(long count) {
    long seed = Long.getLong("respoke.fuzz.seed", System.nanoTime());
    List<String> texts =
        Transcripts.signals().stream().map(JsonObject::toString).distinct().toList();
    FrameMutator mutator = new FrameMutator(new SplittableRandom(seed), texts);
    long read = 0;
    for (long i = 0; i < count; i++) {
      String text = mutator.next();
      try {
        if (survives(text)) {
          read++;
        }
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        fail("seed " + seed + ", signal " + i + ": " + Json.write(Json.string(text)), e);
      }
    }
    assertTrue(read > count / 20, "too few signals are read: " + read);
    assertTrue(read < count * 19 / 20, "too few broken signals: " + (count - read));
  }

  private static boolean survives(String text) {
    JsonObject body;
    try {
      body = Json.parseObject(text);
    } catch (MalformedJsonException e) {
      return false;
    }
    try {
      Signal signal = SignalCodec.decode(body);
      assertEquals(signal, SignalCodec.decode(SignalCodec.encode(signal)));
      return true;
    } catch (MalformedSignalException e) {
      assertTrue(e.getMessage().length() <= LONGEST_MESSAGE, e::getMessage);
      return false;
    }
  }
}
