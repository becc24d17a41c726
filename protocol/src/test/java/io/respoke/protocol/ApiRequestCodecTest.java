package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.ApiRequestCodec.ArgumentForm;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestCodecTest {
  private static Frame.Event event(String name, String args) {
    return new Frame.Event(new Frame.Id(1, true), "", name, Json.parseArray(args));
  }

  private static ApiRequest decode(String argument) {
    return ApiRequestCodec.decode(event("post", "[" + argument + "]"));
  }

  @Test
  void writesTheStringFormAsRespokeJsDoes() {
    ApiRequest request =
        new ApiRequest(
            "POST",
            Paths.PRESENCE,
            Map.of("App-Token", "5E0F"),
            Json.parseObject("{\"presence\":{\"type\":\"available\"}}"));
    assertEquals(
        "5:2+::{\"name\":\"post\",\"args\":[\"{\\\"url\\\":\\\"/v1/presence\\\",\\\"data\\\":"
            + "{\\\"presence\\\":{\\\"type\\\":\\\"available\\\"}},"
            + "\\\"headers\\\":{\\\"App-Token\\\":\\\"5E0F\\\"}}\"]}",
        FrameCodec.encode(ApiRequestCodec.encode(request, 2, ArgumentForm.STRING)));
  }

  @Test
  void writesTheObjectFormAsTheMobileSdksDo() {
    ApiRequest request = new ApiRequest("get", Paths.TURN, Map.of("App-Token", "5E0F"), null);
    assertEquals(
        "5:0+::{\"name\":\"get\",\"args\":[{\"url\":\"/v1/turn\",\"headers\":{\"App-Token\":\"5E0F\"}}]}",
        FrameCodec.encode(ApiRequestCodec.encode(request, 0, ArgumentForm.OBJECT)));
  }

  @ParameterizedTest
  @EnumSource(ArgumentForm.class)
  void readsWhatItWrites(ArgumentForm form) {
    ApiRequest request =
        new ApiRequest(
            "delete",
            "/v1/groups/?x=1",
            Map.of("a", "b"),
            Json.parseObject("{\"groups\":[\"é\"]}"));
    assertEquals(request, ApiRequestCodec.decode(ApiRequestCodec.encode(request, 1, form)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"url\":\"/v1/x\",\"data\":{\"a\":1}}",
        "{\"url\":\"/v1/x\",\"params\":{\"a\":1}}",
        "{\"url\":\"/v1/x\",\"params\":{\"a\":2},\"data\":{\"a\":1}}",
        "{\"url\":\"/v1/x\",\"data\":{\"a\":1},\"params\":null}",
        "{\"url\":\"/v1/x\",\"data\":null,\"params\":{\"a\":1}}",
        "\"{\\\"url\\\":\\\"/v1/x\\\",\\\"data\\\":{\\\"a\\\":1}}\""
      })
  void readsBothFormsAndBothNamesOfTheBody(String argument) {
    assertEquals(
        new ApiRequest("post", "/v1/x", Map.of(), Json.parseObject("{\"a\":1}")), decode(argument));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"url\":\"/v1/x\"}",
        "{\"url\":\"/v1/x\",\"data\":null}",
        "{\"url\":\"/v1/x\",\"data\":[1]}",
        "{\"url\":\"/v1/x\",\"data\":\"text\"}"
      })
  void aBodyThatIsNoObjectIsNone(String argument) {
    assertNull(decode(argument).data());
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/turn, /v1/turn",
    "/v1/turn/, /v1/turn/",
    "v1/turn, /v1/turn",
    "/v1/g?limit=1&before=2, /v1/g?limit=1&before=2",
    "https://api.respoke.io/v1/presence-observers, /v1/presence-observers",
    "http://127.0.0.1:8080/v1/channels/a%2Fb/publish/, /v1/channels/a%2Fb/publish/",
    "HTTPS://api.respoke.io/v1/turn, /v1/turn",
    "https://api.respoke.io, /",
    "https://api.respoke.io/, /",
    "/v1/channels/http://x/publish, /v1/channels/http://x/publish",
    "/v1/channels/50% off/publish, /v1/channels/50% off/publish"
  })
  void readsAbsoluteAndRelativeUrls(String url, String path) {
    assertEquals(path, decode("{\"url\":\"" + url + "\"}").path());
  }

  @Test
  void leavesOutHeadersThatCarryNothing() {
    ApiRequest request =
        decode(
            "{\"url\":\"/v1/x\",\"headers\":{\"App-Token\":\"T\",\"App-Secret\":null,"
                + "\"Admin-Token\":\"null\",\"Empty\":\"\",\"Number\":7,\"Object\":{}}}");
    assertEquals(Map.of("App-Token", "T", "Number", "7"), request.headers());
    assertEquals("T", request.header("app-token"));
    assertNull(request.header("App-Secret"));
  }

  @Test
  void keepsTheOrderOfHeaders() {
    ApiRequest request =
        decode("{\"url\":\"/\",\"headers\":{\"z\":\"1\",\"a\":\"2\",\"m\":\"3\"}}");
    assertEquals(List.of("z", "a", "m"), List.copyOf(request.headers().keySet()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "post", "put", "delete", "patch", "options", "head", "POST"})
  void knowsTheVerbs(String verb) {
    Frame.Event event = event(verb, "[{\"url\":\"/v1/x\"}]");
    assertTrue(ApiRequestCodec.isRequest(event));
    assertEquals(verb.toLowerCase(Locale.ROOT), ApiRequestCodec.decode(event).method());
  }

  @Test
  void aPushIsNoRequest() {
    Frame.Event event = event("message", "[{\"url\":\"/v1/x\"}]");
    assertFalse(ApiRequestCodec.isRequest(event));
    assertThrows(MalformedRequestException.class, () -> ApiRequestCodec.decode(event));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[null]",
        "[1]",
        "[[]]",
        "[\"\"]",
        "[\"[]\"]",
        "[\"{\"]",
        "[\"{} {}\"]",
        "[{}]",
        "[{\"url\":null}]",
        "[{\"url\":\"\"}]",
        "[{\"url\":{}}]"
      })
  void refusesWhatIsNoRequest(String args) {
    Frame.Event event = event("post", args);
    assertThrows(MalformedRequestException.class, () -> ApiRequestCodec.decode(event));
  }

  @ParameterizedTest
  @EnumSource(ArgumentForm.class)
  void refusesABodyTooDeepToBePassedOn(ArgumentForm form) {
    assertEquals("/v1/x", ApiRequestCodec.decode(nested(form, Json.MAX_DEPTH)).path());
    Frame.Event tooDeep = nested(form, Json.MAX_DEPTH + 1);
    assertThrows(MalformedRequestException.class, () -> ApiRequestCodec.decode(tooDeep));
  }

  private static Frame.Event nested(ArgumentForm form, int depth) {
    JsonValue value = JsonValue.TRUE;
    for (int i = 0; i < depth - 2; i++) {
      value = Json.array().add(value).build();
    }
    ApiRequest request =
        new ApiRequest("post", "/v1/x", Map.of(), Json.object().add("message", value).build());
    return ApiRequestCodec.encode(request, 1, form);
  }

  @Test
  void aPathStartsWithASlash() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ApiRequest("get", "v1/x?app-token=T0P", Map.of(), null));
    assertFalse(e.getMessage().contains("T0P"), e.getMessage());
  }

  @Test
  void saysNothingOfCredentialsInToString() {
    ApiRequest request =
        new ApiRequest("get", "/x?app-token=T0P", Map.of("App-Secret", "T0P"), null);
    assertEquals("get /x?app-token=[redacted]", request.toString());
  }
}
