package io.respoke.service.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.ApiResponseCodec;
import io.respoke.protocol.ApiResponseCodec.AckForm;
import io.respoke.protocol.FrameCodec;
import io.respoke.protocol.Json;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AckTextTest {
  @ParameterizedTest
  @EnumSource(AckForm.class)
  void itMeansTheSameAsTheCodecsText(AckForm form) {
    ApiResponse response =
        new ApiResponse(
            404,
            Map.of(
                "Request-Id", "a\"\u2028b", "RateLimit-Limit", "10", "RateLimit-Remaining", "007"),
            Json.parse("{\"error\":\"n\u00f6\",\"list\":[1,null,{}]}"));
    assertEquals(
        Json.parseArray(args(FrameCodec.encode(ApiResponseCodec.encode(response, 0, form)))),
        Json.parseArray(args(AckText.of(response, 0, form))));
  }

  private static String args(String frame) {
    assertEquals("6:::0+", frame.substring(0, 6));
    return frame.substring(6);
  }
}
