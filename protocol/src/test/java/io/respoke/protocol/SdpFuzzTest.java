package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Breaks descriptions in both forms and reads what is left of them. {@code -Drespoke.fuzz.frames=…}
 * makes the long runs longer, {@code -Drespoke.fuzz.seed=…} repeats them.
 */
@Tag("once")
class SdpFuzzTest {
  private static final long DESCRIPTIONS = Long.getLong("respoke.fuzz.frames", 100_000);

  @Test
  void aFewBadDescriptionsAreTypedFailures() {
    run(1_000, texts(), SdpFuzzTest::text);
    run(1_000, parsed(), SdpFuzzTest::json);
  }

  @Test
  @Tag("fuzz")
  void everyBadDescriptionIsATypedFailure() {
    run(DESCRIPTIONS / 10, texts(), SdpFuzzTest::text);
    run(DESCRIPTIONS / 10, parsed(), SdpFuzzTest::json);
  }

  private static List<String> texts() {
    return SdpSamples.NAMES.stream().map(SdpSamples::text).toList();
  }

  private static List<String> parsed() {
    return SdpSamples.NAMES.stream()
        .map(name -> Json.write(ParsedSdp.parse(SdpSamples.text(name))))
        .toList();
  }

  private static void run(long count, List<String> samples, Predicate<String> survives) {
    long seed = Long.getLong("respoke.fuzz.seed", System.nanoTime());
    FrameMutator mutator = new FrameMutator(new SplittableRandom(seed), samples);
    long read = 0;
    for (long i = 0; i < count; i++) {
      String text = mutator.next();
      try {
        if (survives.test(text)) {
          read++;
        }
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        fail("seed " + seed + ", description " + i + ": " + Json.write(Json.string(text)), e);
      }
    }
    assertTrue(read > count / 50, "too few descriptions are read: " + read);
    assertTrue(read < count * 49 / 50, "too few broken descriptions: " + (count - read));
  }

  private static boolean text(String text) {
    try {
      JsonObject parsed = ParsedSdp.parse(text);
      String written = ParsedSdp.format(parsed);
      assertEquals(written, ParsedSdp.format(ParsedSdp.parse(written)));
      AsteriskSdp.answer(SdpSamples.asterisk(), text);
      AsteriskSdp.forAsterisk(text, List.of(new Candidate(text.strip() + "x", "0", 0)));
      return true;
    } catch (MalformedSignalException e) {
      return false;
    }
  }

  private static boolean json(String text) {
    JsonObject parsed;
    try {
      parsed = Json.parseObject(text);
    } catch (MalformedJsonException e) {
      return false;
    }
    try {
      AsteriskSdp.offer(parsed);
      AsteriskSdp.answer(parsed, SdpSamples.text("audio-video-data-offer-full"));
      return true;
    } catch (MalformedSignalException e) {
      return false;
    }
  }
}
