package io.respoke.service;

import io.respoke.protocol.Json;
import io.respoke.protocol.Wire;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A client made of raw frames, with the identity of one of the real SDKs. Every text message that
 * comes is kept in order; {@link #request} and {@link #event} take theirs out of it and leave the
 * rest, so that nothing is lost and leftovers can be asserted.
 */
public final class RawClient implements AutoCloseable {
  public static final String BROWSER = "Respoke.js/2.2.0";
  public static final String ANDROID = "Respoke-Android/1.5.0 (Android 5.1)";
  public static final String IOS = "Respoke-iOS/1.4.0 (iPhone OS 9.1)";
  public static final String ASTERISK = "Respoke-Asterisk/1.2.1 (Linux 3.10.0) Asterisk/13.6.0";
  public static final String NODE = "Respoke-Node.js/2.0.1 (Linux) Node.js/0.12";
  public static final String OTHER = "Raw/1";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long PATIENCE_MILLIS = 5_000;

  /** The WebSocket has closed. */
  public record Closed(int code, String reason) {}

  /** The answer of a request: status 0 when the ack was bare. */
  public record Ack(int status, JsonObject headers, JsonValue body) {
    public JsonObject object() {
      return body.asJsonObject();
    }

    public JsonArray array() {
      return body.asJsonArray();
    }

    public String error() {
      return object().getString("error");
    }
  }

  private final URI base;
  private final String sdk;
  private final String credentialName;
  private final String credential;
  private final LinkedBlockingQueue<String> inbox = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private WebSocket socket;
  private long nextId = 1;
  private String connectionId;

  private RawClient(URI base, String sdk, String credentialName, String credential) {
    this.base = base;
    this.sdk = sdk;
    this.credentialName = credentialName;
    this.credential = credential;
  }

  /** Connects an endpoint of the app in development mode, up to {@code POST /v1/connections}. */
  public static RawClient connect(RespokeService service, String endpointId, String sdk) {
    return connect(service, service.app(), endpointId, sdk);
  }

  /** As {@link #connect(RespokeService, String, String)}, in a given app. */
  public static RawClient connect(
      RespokeService service, ServiceApp app, String endpointId, String sdk) {
    RawClient client = open(service, "app-token", session(service, app, endpointId, null), sdk);
    client.register(null);
    return client;
  }

  /** Connects an endpoint with a brokered token of a role. */
  public static RawClient connectWithRole(
      RespokeService service, String endpointId, String roleName, String sdk) {
    RawClient client =
        open(service, "app-token", session(service, service.app(), endpointId, roleName), sdk);
    client.register(null);
    return client;
  }

  /** Connects an app's server, as an endpoint. */
  public static RawClient connectServer(RespokeService service, String endpointId, String sdk) {
    RawClient client = open(service, "app-secret", service.app().secret(), sdk);
    client.register(endpointId);
    return client;
  }

  /** A session token, in development mode or, with a role, brokered. */
  public static String session(
      RespokeService service, ServiceApp app, String endpointId, String roleName) {
    JsonObjectBuilder body = Json.object().add("appId", app.id()).add("endpointId", endpointId);
    HttpResponse<String> minted;
    if (roleName == null) {
      minted = post(service, "/v1/tokens", body.build());
    } else {
      minted =
          post(
              service,
              "/v1/tokens",
              body.add("roleName", roleName).build(),
              "App-Secret",
              app.secret());
    }
    String tokenId = Json.parseObject(minted.body()).getString("tokenId");
    HttpResponse<String> opened =
        post(service, "/v1/session-tokens", Json.object().add("tokenId", tokenId).build());
    return Json.parseObject(opened.body()).getString("token");
  }

  /** Handshake and WebSocket, up to {@code 1::}. */
  public static RawClient open(
      RespokeService service, String credentialParameter, String credential, String sdk) {
    RawClient client =
        new RawClient(service.baseUrl(), sdk, header(credentialParameter), credential);
    HttpResponse<String> handshake = client.handshake(credentialParameter);
    if (handshake.statusCode() != 200) {
      throw new AssertionError("handshake: " + handshake.statusCode() + " " + handshake.body());
    }
    client.openSocket(handshake.body().split(":")[0]);
    client.expect("1::");
    return client;
  }

  private static String header(String parameter) {
    return switch (parameter) {
      case "app-token" -> "App-Token";
      case "app-secret" -> "App-Secret";
      default -> "Admin-Token";
    };
  }

  private HttpResponse<String> handshake(String parameter) {
    boolean modern = !sdk.equals(NODE) && !sdk.equals(ASTERISK);
    return get(
        base,
        "/socket.io/1/?"
            + (modern ? Wire.SAILS_VERSION_PARAMETER + '=' + Wire.SAILS_VERSION + '&' : "")
            + parameter
            + '='
            + credential
            + "&Respoke-SDK="
            + URLEncoder.encode(sdk, StandardCharsets.UTF_8));
  }

  /** Opens the WebSocket of a session id without waiting for {@code 1::}. */
  public static RawClient attach(RespokeService service, String sid, String sdk) {
    RawClient client = new RawClient(service.baseUrl(), sdk, "App-Token", "");
    client.openSocket(sid);
    return client;
  }

  private void openSocket(String sid) {
    URI uri =
        URI.create(
            "ws://" + base.getHost() + ":" + base.getPort() + "/socket.io/1/websocket/" + sid);
    socket =
        HTTP.newWebSocketBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .buildAsync(uri, new Listener())
            .join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        inbox.add(partial.toString());
        partial.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      closed.complete(new Closed(statusCode, reason));
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.complete(new Closed(1006, String.valueOf(error)));
    }
  }

  /** Registers the connection. */
  public Ack register(String endpointId) {
    JsonObjectBuilder data = Json.object();
    if (endpointId != null) {
      data.add("endpointId", endpointId);
    }
    Ack ack = request("post", "/v1/connections", data.build());
    connectionId = ack.object().getString("id", null);
    return ack;
  }

  /** The id of the registered connection. */
  public String connectionId() {
    return connectionId;
  }

  /** Sends any text. */
  public void send(String text) {
    socket.sendText(text, true).join();
  }

  /** Sends a request in the form of the SDK and gives its ack id. */
  public long sendRequest(String method, String url, JsonObject data) {
    long id = nextId++;
    JsonObjectBuilder argument = Json.object().add("url", url);
    if (data != null) {
      argument.add("data", data);
    }
    argument.add("headers", Json.object().add(credentialName, credential).add("Respoke-SDK", sdk));
    boolean plain = sdk.equals(ANDROID) || sdk.equals(IOS);
    JsonObject built = argument.build();
    JsonValue arg = plain ? built : Json.string(Json.write(built));
    send(
        "5:"
            + id
            + "+::"
            + Json.write(
                Json.object().add("name", method).add("args", Json.array().add(arg)).build()));
    return id;
  }

  /** Sends a request and waits for its ack. */
  public Ack request(String method, String url, JsonObject data) {
    return ack(sendRequest(method, url, data));
  }

  /** Waits for an ack. */
  public Ack ack(long id) {
    String prefix = "6:::" + id + "+";
    String frame = take(text -> text.startsWith(prefix), "ack " + id);
    JsonValue first = Json.parseArray(frame.substring(prefix.length())).get(0);
    if (first instanceof JsonObject wrapped) {
      return new Ack(
          wrapped.getInt("statusCode"), wrapped.getJsonObject("headers"), wrapped.get("body"));
    }
    return new Ack(0, JsonValue.EMPTY_JSON_OBJECT, Json.parse(Json.text(first)));
  }

  /** Waits for the next event of a name and gives its payload. */
  public JsonObject event(String name) {
    String prefix = "5:::{\"name\":\"" + name + "\"";
    String frame = take(text -> text.startsWith(prefix), "event " + name);
    return Json.parseObject(frame.substring(4)).getJsonArray("args").getJsonObject(0);
  }

  /** Waits for exactly this text. */
  public void expect(String text) {
    String unused = take(text::equals, text);
  }

  private String take(Predicate<String> which, String what) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    synchronized (seen) {
      int looked = 0;
      while (true) {
        for (; looked < seen.size(); looked++) {
          if (which.test(seen.get(looked))) {
            return seen.remove(looked);
          }
        }
        try {
          String next = inbox.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          if (next == null) {
            throw new AssertionError(what + " did not come; there are " + seen);
          }
          seen.add(next);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /**
   * What has come and was not asked for, after a round trip that proves that everything sent before
   * is here.
   */
  public List<String> leftovers() {
    Ack unused = request("get", "/v1/turn", null);
    synchronized (seen) {
      inbox.drainTo(seen);
      return List.copyOf(seen);
    }
  }

  /** Waits until the WebSocket has closed. */
  public Closed awaitClosed() {
    try {
      return closed.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError("the socket did not close", e);
    }
  }

  /** Whether the WebSocket is still open. */
  public boolean isOpen() {
    return !closed.isDone();
  }

  /** Cuts the connection without a word. */
  public void abort() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
  }

  /** An HTTP GET. */
  public static HttpResponse<String> get(URI base, String path, String... headers) {
    return http(base, "GET", path, null, headers);
  }

  /** An HTTP POST of JSON. */
  public static HttpResponse<String> post(
      RespokeService service, String path, JsonObject body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = "application/json";
    return http(service.baseUrl(), "POST", path, Json.write(body), all);
  }

  /** Any HTTP request. */
  public static HttpResponse<String> http(
      URI base, String method, String path, String body, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(5))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      builder.headers(headers);
    }
    try {
      return HTTP.send(builder.build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path + ": " + e, e);
    }
  }
}
