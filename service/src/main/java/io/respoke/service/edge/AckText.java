package io.respoke.service.edge;

import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.ApiResponseCodec;
import io.respoke.protocol.ApiResponseCodec.AckForm;
import io.respoke.protocol.FrameCodec;
import io.respoke.protocol.Json;
import java.util.Map;

/**
 * Writes acks. Every request ends in one, so the wrapped form is written without building the JSON
 * objects that {@link ApiResponseCodec} would; the text means the same.
 */
final class AckText {
  private AckText() {}

  static String of(ApiResponse response, long id, AckForm form) {
    if (form == AckForm.BARE) {
      return FrameCodec.encode(ApiResponseCodec.encode(response, id, form));
    }
    StringBuilder out = new StringBuilder(256).append("6:::").append(id).append("+[{\"body\":");
    Json.write(response.body(), out);
    out.append(",\"headers\":{");
    char separator = 0;
    for (Map.Entry<String, String> header : response.headers().entrySet()) {
      if (separator != 0) {
        out.append(separator);
      }
      separator = ',';
      Json.write(Json.string(header.getKey()), out);
      out.append(':');
      if (isWhole(header.getValue())) {
        out.append(header.getValue());
      } else {
        Json.write(Json.string(header.getValue()), out);
      }
    }
    return out.append("},\"statusCode\":").append(response.status()).append("}]").toString();
  }

  private static boolean isWhole(String value) {
    if (value.isEmpty() || value.length() > 9) {
      return false;
    }
    if (value.charAt(0) == '0' && value.length() > 1) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
