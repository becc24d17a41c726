package io.respoke.service.edge;

import io.respoke.protocol.ApiResponseCodec.AckForm;
import io.respoke.protocol.Handshake;
import io.respoke.protocol.Json;
import io.respoke.protocol.Wire;
import io.respoke.service.routes.Authenticator;
import io.respoke.service.routes.Caller;
import io.respoke.service.routes.Credentials;
import io.respoke.service.routes.Faults;
import io.respoke.service.routes.PathText;
import io.respoke.service.routes.Request;
import io.respoke.service.routes.RequestLimits;
import io.respoke.service.routes.RequestWatch;
import io.respoke.service.state.App;
import io.respoke.service.state.Ids;
import io.respoke.service.state.RateLimiter;
import io.respoke.service.state.SdkProfile;
import io.respoke.service.state.Session;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Everything below {@code /socket.io/1}: the handshake and the opening of WebSockets. */
final class SocketIo {
  static final String PREFIX = "/socket.io/1";

  /** Never {@code websocket} alone: chan_respoke cannot match that (protocol-wire R-3). */
  private static final List<String> TRANSPORTS = List.of("websocket", "x");

  private static final String UNKNOWN_SID = "7:::1+0";

  private final Authenticator authenticator;
  private final Sockets sockets;
  private final Faults faults;
  private final EdgeSettings settings;
  private final Timers timers;
  private final Doorkeeper doorkeeper;
  private final RequestLimits limits;
  private final RequestWatch watch;
  private boolean closing;

  SocketIo(
      Authenticator authenticator,
      Sockets sockets,
      Faults faults,
      EdgeSettings settings,
      Timers timers,
      Doorkeeper doorkeeper,
      RequestLimits limits,
      RequestWatch watch) {
    this.authenticator = authenticator;
    this.sockets = sockets;
    this.faults = faults;
    this.settings = settings;
    this.timers = timers;
    this.doorkeeper = doorkeeper;
    this.limits = limits;
    this.watch = watch;
  }

  /** Lets nobody in from now on. */
  void close() {
    closing = true;
  }

  void handle(HttpServerRequest http) {
    Cors.socket(http);
    JsonObject query =
        http.query() == null ? JsonValue.EMPTY_JSON_OBJECT : PathText.parameters(http.query());
    String rest = http.path().substring(PREFIX.length());
    while (rest.startsWith("/")) {
      rest = rest.substring(1);
    }
    if (rest.isEmpty()) {
      handshake(http, query);
      return;
    }
    if (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    int slash = rest.indexOf('/');
    String transport = slash < 0 ? "" : rest.substring(0, slash);
    String sid = rest.substring(slash + 1);
    if (query.containsKey("disconnect")) {
      sockets.leave(sid);
      text(http, 200, "text/plain", "");
    } else if (transport.equals("websocket") && upgrade(http)) {
      HttpConnection connection = http.connection();
      doorkeeper.upgrading(http);
      http.toWebSocket() // once the body has come, if there is one
          .onSuccess(
              webSocket -> {
                doorkeeper.upgraded(connection);
                sockets.opened(sid, webSocket);
              })
          .onFailure(
              failure -> {
                var unused = connection.close();
              });
    } else {
      text(http, 200, "text/plain; charset=UTF-8", sockets.knows(sid) ? "7:::0" : UNKNOWN_SID);
    }
  }

  private static boolean upgrade(HttpServerRequest http) {
    return "websocket".equalsIgnoreCase(http.getHeader("Upgrade"));
  }

  private void handshake(HttpServerRequest http, JsonObject query) {
    int ordered = closing ? 503 : faults.handshake();
    if (ordered != 0) {
      String why = closing ? "this server is going away" : "handshake refused";
      answer(http, query, new Caller.Anonymous(), ordered, why);
      return;
    }
    Credentials credentials = Credentials.ofQuery(name -> Json.text(query, name));
    String banner = Json.text(query, Wire.SDK_HEADER);
    SdkProfile sdk = SdkProfile.of(banner == null ? http.getHeader(Wire.SDK_HEADER) : banner);
    Caller caller = authenticator.caller(credentials, timers.now());
    if (caller instanceof Caller.Anonymous || caller instanceof Caller.Rejected) {
      refuse(http, query, caller, sdk.refusedOnTransport() && credentials.appSecret() == null);
      return;
    }
    App app = app(caller);
    if (app != null && !app.permits(http.getHeader("Origin"))) {
      answer(http, query, caller, 403, "handshake bad origin");
      return;
    }
    Session session = caller instanceof Caller.Member member ? member.session() : null;
    AckForm form =
        Wire.SAILS_VERSION.equals(Json.text(query, Wire.SAILS_VERSION_PARAMETER))
            ? AckForm.WRAPPED
            : AckForm.BARE;
    String address = http.remoteAddress().hostAddress();
    SocketSession socket = sockets.handshake(credentials, session, sdk, form, address);
    if (socket == null) {
      answer(http, query, caller, 503, "too many sockets");
      return;
    }
    answer(http, query, caller, 200, reply(socket.sid()));
  }

  /** Counted by address, as every request without a credential that holds. */
  private void refuse(HttpServerRequest http, JsonObject query, Caller caller, boolean later) {
    RateLimiter.Verdict verdict = limits.stranger(http.remoteAddress().hostAddress(), timers.now());
    if (!verdict.allowed()) {
      limits.show(verdict, (name, value) -> http.response().putHeader(name, value));
      answer(http, query, caller, 429, RequestLimits.EXCEEDED);
    } else if (later) {
      answer(http, query, caller, 200, reply(sockets.refuse()));
    } else {
      answer(http, query, caller, 403, "handshake unauthorized");
    }
  }

  private String reply(String sid) {
    return new Handshake(
            sid, told(settings.heartbeatTimeout()), told(settings.closeTimeout()), TRANSPORTS)
        .format();
  }

  /** What is known of a handshake; its query has the credentials. */
  private Request request(HttpServerRequest http, Caller caller) {
    return new Request(
        http.method().name().toLowerCase(Locale.ROOT),
        http.path(),
        JsonValue.EMPTY_JSON_OBJECT,
        JsonValue.EMPTY_JSON_OBJECT,
        caller,
        null,
        SdkProfile.of(http.getHeader(Wire.SDK_HEADER)),
        http.remoteAddress().hostAddress(),
        Ids.request(),
        timers.now(),
        List.of());
  }

  /** In whole seconds, and never 0, which respoke.js would take for at once. */
  private static Duration told(Duration timeout) {
    return Duration.ofSeconds(Math.max(1, timeout.plusMillis(999).toSeconds()));
  }

  private static @Nullable App app(Caller caller) {
    if (caller instanceof Caller.Member member) {
      return member.session().space().app();
    }
    return caller instanceof Caller.AppServer server ? server.space().app() : null;
  }

  /** Plain text, or the JSONP form for those who ask (protocol-wire §2.3). */
  private void answer(
      HttpServerRequest http, JsonObject query, Caller caller, int status, String text) {
    Request request = request(http, caller);
    watch.answered(request, status);
    http.response().putHeader(Wire.REQUEST_ID, request.requestId());
    Long jsonp = Json.whole(query, "jsonp");
    if (jsonp == null || jsonp < 0) {
      text(http, status, "text/plain", text);
      return;
    }
    String quoted = Json.write(Json.string(text));
    String script =
        status == 200
            ? "io.j[" + jsonp + "](" + quoted + ");"
            : "io.j[" + jsonp + "](new Error(" + quoted + "));";
    text(http, 200, "application/javascript", script);
  }

  private static void text(HttpServerRequest http, int status, String type, String text) {
    var unused = http.response().setStatusCode(status).putHeader("Content-Type", type).end(text);
  }
}
