package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | {}",
        "[ ] | []",
        "\" a b \" | \" a b \"",
        "{ \"a\" : 1 , \"b\" : [ true , false , null ] } | {\"a\":1,\"b\":[true,false,null]}",
        "{\"a\":1,\"a\":2} | {\"a\":2}",
        "0 | 0",
        "-0 | 0",
        "-12 | -12",
        "999999999999999999 | 999999999999999999",
        "9223372036854775808 | 9223372036854775808",
        "0.10 | 0.10",
        "1E5 | 1E+5",
        "1e400 | 1E+400",
        "-1.5e-3 | -0.0015",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\" | \"\\\"\\\\/\\u0008\\u000c\\n\\r\\tA\"",
        "\"\\uD83D\\uDE00\" | \"\\ud83d\\ude00\"",
        "\"\\ud800\" | \"\\ud800\"",
        "\"\\u0000\" | \"\\u0000\""
      })
  void readsAndWrites(String text, String written) {
    assertEquals(written, Json.write(Json.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{} {}",
        "[1]]",
        "1 2",
        "{\"a\":1} x",
        "nul",
        "nulll",
        "True",
        "01",
        "-01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "1e+",
        "0x10",
        "NaN",
        "Infinity",
        "1e99999999999",
        "\u0661",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":}",
        "{1:2}",
        "{\"a\"",
        "\"a",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u\u0661234\"",
        "\"\t\"",
        "\"\u0000\"",
        "\"a\\n\n\"",
        "\uFEFF{}",
        "\u00a0[]",
        "/* c */ 1",
        "\u0000"
      })
  void refusesWhatIsNoJson(String text) {
    assertThrows(MalformedJsonException.class, () -> Json.parse(text));
  }

  @Test
  void refusesNumbersThatCostTooMuch() {
    assertEquals(
        JsonText.MAX_NUMBER_LENGTH,
        Json.write(Json.parse("1".repeat(JsonText.MAX_NUMBER_LENGTH))).length());
    String tooLong = "1".repeat(JsonText.MAX_NUMBER_LENGTH + 1);
    assertThrows(MalformedJsonException.class, () -> Json.parse(tooLong));
  }

  @Test
  void readsAsDeepAsItSaysAndNoDeeper() {
    String deepest = "[{\"a\":".repeat(250) + "1" + "}]".repeat(250);
    assertEquals(500, Json.depth(Json.parse(deepest)));
    assertThrows(MalformedJsonException.class, () -> Json.parse("[" + deepest + "]"));
    String bottomless = "{\"a\":".repeat(1_000_000);
    assertThrows(MalformedJsonException.class, () -> Json.parse(bottomless));
    assertEquals("[]", Json.write(Json.parse("[]")));
  }

  @Test
  void bracketsInsideStringsDoNotNest() {
    JsonArray strings = Json.parseArray("[\"" + "[{".repeat(1_000) + "\"]");
    assertEquals(1, Json.depth(strings));
  }

  @Test
  void refusesToWriteWhatNobodyWouldRead() {
    JsonValue value = JsonValue.TRUE;
    for (int i = 0; i < Json.MAX_FRAME_DEPTH; i++) {
      value = Json.array().add(value).build();
    }
    assertEquals(2 * Json.MAX_FRAME_DEPTH + 4, Json.write(value).length());
    for (int i = 0; i < 100_000; i++) {
      value = Json.array().add(value).build();
    }
    JsonValue bottomless = value;
    assertThrows(IllegalArgumentException.class, () -> Json.write(bottomless));
  }

  @Test
  void wantsTheKindThatWasAskedFor() {
    assertEquals(1, Json.parseObject("{\"a\":1}").getInt("a"));
    assertEquals(1, Json.parseArray("[1]").getInt(0));
    assertThrows(MalformedJsonException.class, () -> Json.parseObject("[]"));
    assertThrows(MalformedJsonException.class, () -> Json.parseArray("{}"));
    assertThrows(MalformedJsonException.class, () -> Json.parseObject("null"));
  }

  @Test
  void escapesAllThatIsNotPlainAscii() {
    String all =
        "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0080\u0085\u00e9\u2028\u2029\ufffd\ud83d\ude00\udc00";
    String written = Json.write(Json.string(all));
    assertEquals(
        "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0000\\u001f\\u007f\\u0080\\u0085\\u00e9"
            + "\\u2028\\u2029\\ufffd\\ud83d\\ude00\\udc00\"",
        written);
    assertTrue(written.chars().allMatch(c -> c >= ' ' && c < 0x7f));
    assertEquals(all, ((JsonString) Json.parse(written)).getString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5 | 5",
        "\"5\" | 5",
        "-7.9 | -7",
        "1447000000000.123 | 1447000000000",
        "1.447e12 | 1447000000000",
        "\"1.447E12\" | 1447000000000",
        "9223372036854775807 | 9223372036854775807",
        "-9223372036854775808 | -9223372036854775808",
        "9223372036854775808 |",
        "1e19 |",
        "1e999999999 |",
        "\"1e999999999\" |",
        "\"1e2147483648\" |",
        "1e-999999999 | 0",
        "0.9 | 0",
        "\"\" |",
        "\"soon\" |",
        "\" 5\" |",
        "\"12345678901234567890123456789012345678901\" |",
        "true |",
        "null |",
        "{} |",
        "[5] |"
      })
  void readsWholeNumbersLeniently(String json, Long expected) {
    assertEquals(expected, Json.whole(Json.parseObject("{\"n\":" + json + "}"), "n"));
  }

  @Test
  void anAbsentMemberIsNoNumberAndNoText() {
    assertNull(Json.whole(JsonValue.EMPTY_JSON_OBJECT, "n"));
    assertNull(Json.text(JsonValue.EMPTY_JSON_OBJECT, "n"));
    assertNull(Json.object(JsonValue.EMPTY_JSON_OBJECT, "n"));
    assertNull(Json.array(JsonValue.EMPTY_JSON_OBJECT, "n"));
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "1, true",
    "'\"true\"', true",
    "'\"1\"', true",
    "false, false",
    "0, false",
    "'\"false\"', false",
    "'\"0\"', false"
  })
  void readsBooleansInAllTheirSpellings(String json, boolean expected) {
    JsonObject object = Json.parseObject("{\"b\":" + json + "}");
    assertEquals(expected, Json.bool(object, "b", !expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "2", "\"yes\"", "\"\"", "{}", "[true]", "1.0"})
  void fallsBackWhenABooleanIsNone(String json) {
    JsonObject object = Json.parseObject("{\"b\":" + json + "}");
    assertTrue(Json.bool(object, "b", true));
    assertEquals(false, Json.bool(object, "b", false));
    assertTrue(Json.bool(object, "absent", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"\"a\" | a", "12 | 12", "true | true", "null |", "{} |", "[] |"})
  void readsScalarsAsText(String json, String expected) {
    assertEquals(expected, Json.text(Json.parseObject("{\"t\":" + json + "}"), "t"));
  }

  @Test
  void saysWhereAndWhatButShortAndWithoutSecrets() {
    String text = "{\"tokenId\":\"7B1D9E52-6A3C\",\"x\":\"line\nbreak\u2028" + "y".repeat(1_000);
    MalformedJsonException e =
        assertThrows(MalformedJsonException.class, () -> Json.parseObject(text));
    assertTrue(e.getMessage().length() < 300, e.getMessage());
    assertTrue(e.getMessage().contains("(at "), e.getMessage());
    assertTrue(e.getMessage().contains("[redacted]"), e.getMessage());
    assertTrue(e.getMessage().contains("1043 characters"), e.getMessage());
    assertTrue(e.getMessage().chars().noneMatch(c -> c == '\n' || c == '\u2028'), e.getMessage());
    assertTrue(!e.getMessage().contains("7B1D9E52"), e.getMessage());
  }
}
