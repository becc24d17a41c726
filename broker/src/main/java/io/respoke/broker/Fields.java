package io.respoke.broker;

import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request asks for, be it a form or a JSON object: old pages post forms, libraries JSON. */
final class Fields {
  static final int LIMIT = 8 * 1024;
  private static final String ENDPOINT_ID = "endpointId";

  private Fields() {}

  /**
   * Reads a body of bounded size.
   *
   * @throws Refusal if it is too large or neither of the two
   */
  static Map<String, String> read(InputStream in, @Nullable MediaType type) throws IOException {
    byte[] body = in.readNBytes(LIMIT + 1);
    if (body.length > LIMIT) {
      throw new Refusal(413, "The body is larger than " + LIMIT + " bytes.");
    }
    String text = new String(body, StandardCharsets.UTF_8);
    if (MediaType.APPLICATION_JSON_TYPE.isCompatible(type)) {
      return JsonText.read(text, ENDPOINT_ID);
    } else if (MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type) || text.isBlank()) {
      return form(text);
    }
    throw new Refusal(415, "Send a form or a JSON object.");
  }

  private static Map<String, String> form(String text) {
    Map<String, String> fields = new HashMap<>();
    try {
      for (String pair : text.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        if (parts.length == 2) {
          fields.put(decoded(parts[0]), decoded(parts[1]));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "The body is no form.");
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
