package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "a, 1",
    "'\u007f', 1",
    "'\u0080', 2",
    "'\u07ff', 2",
    "'\u0800', 3",
    "'\uffff', 3",
    "'\ud83d\ude00', 4",
    "'a\ud83d\ude00é✓', 10"
  })
  void countsBytes(String text, int bytes) {
    assertEquals(bytes, Wire.utf8Length(text));
  }

  @Test
  void anUnpairedSurrogateIsOneByte() {
    assertEquals(1, Wire.utf8Length("\ud83d"));
    assertEquals(1, Wire.utf8Length("\ude00"));
    assertEquals(2, Wire.utf8Length("\ude00\ud83d"));
    assertEquals(2, Wire.utf8Length("\ud83da"));
    assertEquals(5, Wire.utf8Length("\ud83d\ud83d\ude00"));
  }

  @Test
  void theLimitIsInclusive() {
    assertTrue(Wire.utf8Length("a".repeat(20_000)) <= Wire.BODY_LIMIT);
    assertTrue(Wire.utf8Length("a".repeat(20_001)) > Wire.BODY_LIMIT);
    assertTrue(Wire.utf8Length("é".repeat(10_000)) <= Wire.BODY_LIMIT);
    assertTrue(Wire.utf8Length("é".repeat(10_000) + "a") > Wire.BODY_LIMIT);
    assertTrue(Wire.utf8Length("😀".repeat(5_000)) <= Wire.BODY_LIMIT);
    assertTrue(Wire.utf8Length("😀".repeat(5_000) + "\ud83d") > Wire.BODY_LIMIT);
    assertTrue(Wire.utf8Length("✓".repeat(6_666) + "é") <= Wire.BODY_LIMIT);
    assertTrue(Wire.utf8Length("✓".repeat(6_667)) > Wire.BODY_LIMIT);
  }

  @Property
  void countsAsTheEncoderOfTheJdkWrites(@ForAll String text) {
    assertEquals(text.getBytes(StandardCharsets.UTF_8).length, Wire.utf8Length(text));
  }
}
