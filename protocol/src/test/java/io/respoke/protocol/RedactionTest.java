package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.respoke.protocol.ApiRequestCodec.ArgumentForm;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET /socket.io/1/?app-token=5E0F&t=1 | GET /socket.io/1/?app-token=[redacted]&t=1",
        "?Respoke-SDK=x&app-secret=eb32 | ?Respoke-SDK=x&app-secret=[redacted]",
        "ADMIN-TOKEN=x | ADMIN-TOKEN=[redacted]",
        "tokenId=7B1D&a=b | tokenId=[redacted]&a=b",
        "App-Secret: eb32 | App-Secret: [redacted]",
        "{App-Token:5E0F, x:1} | {App-Token:[redacted], x:1}",
        "{\"tokenId\":\"7B1D\"} | {\"tokenId\":\"[redacted]\"}",
        "{\"TOKEN\" : \"7B1D\"} | {\"TOKEN\" : \"[redacted]\"}",
        "{\"password\":\"a\\\"b\\\\c\",\"x\":1} | {\"password\":\"[redacted]\",\"x\":1}",
        "{\"password\":\"cut off | {\"password\":\"[redacted]",
        "[\"{\\\"App-Token\\\":\\\"5E0F\\\",\\\"a\\\":1}\"] | [\"{\\\"App-Token\\\":\\\"[redacted]\\\",\\\"a\\\":1}\"]",
        "\\\\\\\"secret\\\\\\\":\\\\\\\"x\\\\\\\" | \\\\\\\"secret\\\\\\\":\\\\\\\"[redacted]\\\\\\\"",
        "{\"id\":\"7B1D9E52\",\"tokenId\":\"7B1D9E52\"} | {\"id\":\"[redacted]\",\"tokenId\":\"[redacted]\"}",
        "http://user:pass@host/v1 | http://[redacted]@host/v1",
        "{\"message\":\"my token is here\"} | {\"message\":\"my token is here\"}",
        "mail bob@example.org | mail bob@example.org",
        "pushTokens and secretary | pushTokens and secretary"
      })
  void removesCredentialsAndNothingElse(String text, String safe) {
    assertEquals(safe, Redaction.redact(text));
  }

  @ParameterizedTest
  @EnumSource(ArgumentForm.class)
  void findsTheHeadersOfARequestInEitherForm(ArgumentForm form) {
    ApiRequest request =
        new ApiRequest("post", "/v1/x", Map.of("App-Token", "5E0F6C1B", "Admin-Token", "7B"), null);
    String frame = FrameCodec.encode(ApiRequestCodec.encode(request, 1, form));
    String safe = Redaction.redact(frame);
    assertFalse(safe.contains("5E0F6C1B") || safe.contains("7B"), safe);
  }

  @Property
  void findsASecretWhateverItIsMadeOf(
      @ForAll @StringLength(min = 1, max = 20) String tail, @ForAll ArgumentForm form) {
    String secret = "T0P" + tail;
    ApiRequest request = new ApiRequest("post", "/v1/x", Map.of("App-Secret", secret), null);
    String frame = FrameCodec.encode(ApiRequestCodec.encode(request, 1, form));
    assertFalse(Redaction.redact(frame).contains("T0P"));
  }

  @Test
  void hugeTextIsNoTrouble() {
    String secret = "x".repeat(1_000_000);
    assertEquals("{\"token\":\"[redacted]\"}", Redaction.redact("{\"token\":\"" + secret + "\"}"));
    String slashes = "\\".repeat(300_000);
    assertEquals(slashes, Redaction.redact(slashes));
    String quotes = "\"token\":1,".repeat(100_000);
    assertEquals(quotes, Redaction.redact(quotes));
    StringBuilder tokens = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      tokens.append("{\"token\":\"T0P").append(i + 100_000).append("\"},");
    }
    assertEquals("{\"token\":\"[redacted]\"},".repeat(20_000), Redaction.redact(tokens.toString()));
    String colons = "://".repeat(100_000);
    assertEquals(colons, Redaction.redact(colons));
  }

  @Test
  void anExceptionQuotesShortenedAndRedactedText() {
    MalformedFrameException e =
        new MalformedFrameException(
            "bad", "x".repeat(70) + " app-token=" + "T0P".repeat(200) + "y".repeat(100_000));
    assertFalse(e.getMessage().contains("T0P"), e.getMessage());
    assertEquals("bad: \"" + "x".repeat(70) + " app-token…\" (100681 characters)", e.getMessage());
  }
}
