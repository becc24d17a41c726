package io.respoke.server;

import io.respoke.protocol.Json;
import io.respoke.protocol.Wire;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A socket that has the App-Secret, and sends requests without waiting for their acks. */
final class RawPublisher implements AutoCloseable {
  /** An ack: which request, its status, and the body. */
  record Ack(int id, int status, JsonObject body) {}

  private static final Ack GONE = new Ack(-1, 0, Json.object().build());

  private final LinkedBlockingQueue<Ack> acks = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final WebSocket socket;

  RawPublisher(ServerProcess server, String secret) throws Exception {
    this(server.baseUrl(), secret, "sender");
  }

  RawPublisher(URI base, String secret, String endpointId) throws Exception {
    String query =
        Wire.SAILS_VERSION_PARAMETER + "=" + Wire.SAILS_VERSION + "&app-secret=" + secret;
    HttpResponse<String> handshake =
        ServerProcess.HTTP.send(
            HttpRequest.newBuilder(base.resolve("/socket.io/1/?" + query)).build(),
            HttpResponse.BodyHandlers.ofString());
    socket =
        ServerProcess.HTTP
            .newWebSocketBuilder()
            .buildAsync(
                URI.create(
                    "ws://"
                        + base.getAuthority()
                        + "/socket.io/1/websocket/"
                        + handshake.body().split(":")[0]),
                new Listener())
            .join();
    connected.get(30, TimeUnit.SECONDS);
    send(0, "/v1/connections", Json.object().add("endpointId", endpointId).build(), "X", "y");
    Ack ack = next();
    if (ack.status() != 200) {
      throw new AssertionError(ack.toString());
    }
  }

  /** Sends a POST; what is sent after the server's end is lost. */
  void send(int id, String url, JsonObject data, String header, String value) {
    send("post", id, url, data, header, value);
  }

  void send(String method, int id, String url, JsonObject data, String header, String value) {
    JsonObject request =
        Json.object()
            .add("url", url)
            .add("data", data == null ? Json.object().build() : data)
            .add("headers", Json.object().add(header, value))
            .build();
    String frame =
        "5:"
            + id
            + "+::"
            + Json.write(
                Json.object()
                    .add("name", method)
                    .add("args", Json.array().add(Json.write(request)))
                    .build());
    var unused = socket.sendText(frame, true).exceptionally(failure -> socket).join();
  }

  /** Sends a POST and gives what it is answered with. */
  JsonObject post(String url, JsonObject data) throws Exception {
    Ack ack = request("post", url, data);
    if (ack.status() != 200) {
      throw new AssertionError(url + ": " + ack);
    }
    return ack.body();
  }

  /** Sends a request and waits for its ack. */
  Ack request(String method, String url, JsonObject data) throws Exception {
    send(method, 1, url, data, "X", "y");
    return next();
  }

  /** The next ack; its id is -1 when the server has gone. */
  Ack next() throws Exception {
    Ack ack = acks.poll(60, TimeUnit.SECONDS);
    if (ack == null) {
      throw new AssertionError("no ack came");
    }
    return ack;
  }

  /** The next event, as text. */
  String event() throws Exception {
    String event = events.poll(30, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event came");
    }
    return event;
  }

  /** Whether an ack has come that nobody took. */
  boolean hasAck() {
    return !acks.isEmpty();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        String text = partial.toString();
        partial.setLength(0);
        if (text.equals("1::")) {
          connected.complete(null);
        } else if (text.startsWith("5:::")) {
          events.add(text);
        } else if (text.startsWith("6:::")) {
          int plus = text.indexOf('+');
          JsonObject ack = Json.parseArray(text.substring(plus + 1)).getJsonObject(0);
          acks.add(
              new Ack(
                  Integer.parseInt(text.substring(4, plus)),
                  ack.getInt("statusCode"),
                  ack.getJsonObject("body")));
        }
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
      acks.add(GONE);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      acks.add(GONE);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
