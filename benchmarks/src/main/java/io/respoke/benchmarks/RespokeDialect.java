package io.respoke.benchmarks;

import io.respoke.protocol.ApiRequest;
import io.respoke.protocol.ApiRequestCodec;
import io.respoke.protocol.ApiRequestCodec.ArgumentForm;
import io.respoke.protocol.FrameCodec;
import io.respoke.protocol.Json;
import io.respoke.protocol.Paths;
import jakarta.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service, as respoke.js speaks to it.
 *
 * @param token the session token, which every request bears
 */
record RespokeDialect(String token) implements Dialect {
  static final String SDK = "Respoke.js/2.2.0";
  static final String TEXT = "hello, this is a message of usual size";

  @Override
  public String hello() {
    return request(Paths.CONNECTIONS, Json.object().build());
  }

  @Override
  public boolean welcomes(String frame) {
    return acknowledges(frame);
  }

  @Override
  public String join(String group) {
    return request(Paths.GROUPS, Json.object().add("groups", Json.array().add(group)).build());
  }

  @Override
  public String message(String to) {
    return request(
        Paths.MESSAGES,
        Json.object().add("to", to).add("ccSelf", false).add("message", TEXT).build());
  }

  @Override
  public String publish(String group, boolean persist) {
    return request(
        Paths.publish(group), Json.object().add("message", TEXT).add("persist", persist).build());
  }

  private String request(String path, JsonObject data) {
    return FrameCodec.encode(
        ApiRequestCodec.encode(
            new ApiRequest("post", path, Map.of("App-Token", token, "Respoke-SDK", SDK), data),
            1,
            ArgumentForm.STRING));
  }

  @Override
  public boolean acknowledges(String frame) {
    if (!frame.startsWith("6:::")) {
      return false;
    }
    if (frame.contains("\"error\"")) {
      throw new IllegalStateException("The service has refused a request: " + frame);
    }
    return true;
  }

  @Override
  public boolean delivers(String frame) {
    return frame.startsWith("5:::{\"name\":\"message\"")
        || frame.startsWith("5:::{\"name\":\"pubsub\"");
  }

  @Override
  public @Nullable String heartbeat(String frame) {
    return frame.startsWith("2::") ? "2::" : null;
  }
}
