package io.respoke.benchmarks;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO 4 server, in Engine.IO frames: {@code node/server.mjs}.
 *
 * @param endpoint whom the socket belongs to
 */
record SocketIoDialect(String endpoint) implements Dialect {
  @Override
  public String hello() {
    return "40" + Json.write(Json.object().add("endpointId", endpoint).build());
  }

  @Override
  public boolean welcomes(String frame) {
    return frame.startsWith("40");
  }

  @Override
  public String join(String group) {
    return request("join", Json.object().add("group", group).build());
  }

  @Override
  public String message(String to) {
    return request(
        "message", Json.object().add("to", to).add("message", RespokeDialect.TEXT).build());
  }

  @Override
  public String publish(String group, boolean persist) {
    return request(
        "publish", Json.object().add("group", group).add("message", RespokeDialect.TEXT).build());
  }

  private static String request(String name, JsonObject data) {
    return "421" + Json.write(Json.array().add(name).add(data).build());
  }

  @Override
  public boolean acknowledges(String frame) {
    return frame.startsWith("43");
  }

  @Override
  public boolean delivers(String frame) {
    return frame.startsWith("42[");
  }

  @Override
  public @Nullable String heartbeat(String frame) {
    return frame.equals("2") ? "3" : null;
  }
}
