package io.respoke.service.edge;

import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.Json;
import io.respoke.service.routes.Credentials;
import io.respoke.service.routes.Reply;
import io.respoke.service.state.AdminSessions;
import io.respoke.service.state.ConsoleSessions;
import io.respoke.service.state.ConsoleSessions.Session;
import io.respoke.service.state.Ids;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything below {@code /console}: the pages, the sign-in, and the REST routes for those who have
 * signed in. The cookie counts nowhere else, and no header lets another origin read an answer.
 */
final class ConsoleRequests {
  static final String PREFIX = "/console";

  private static final System.Logger LOG = System.getLogger(ConsoleRequests.class.getName());
  private static final String COOKIE = "respoke-console";

  /** What a request that changes something must carry: another origin cannot set it. */
  private static final String PROOF = "Respoke-Console";

  /** Sent by what the pages ask for by themselves: nobody is at work. */
  private static final String PASSIVE = "Respoke-Console-Passive";

  /** A change of a webhook tells a secret only when it has made one. */
  private static final Pattern WEBHOOK = Pattern.compile("/v1/apps/[^/]+/webhook");

  private final ConsoleFiles files;
  private final HttpRequests rest;
  private final ConsoleSessions sessions = new ConsoleSessions();
  private final AdminSessions admins;
  private final Timers timers;

  ConsoleRequests(ConsoleFiles files, HttpRequests rest, AdminSessions admins, Timers timers) {
    this.files = files;
    this.rest = rest;
    this.admins = admins;
    this.timers = timers;
  }

  /** Whether a path is below this one's. */
  static boolean takes(String path) {
    return path.startsWith(PREFIX)
        && (path.length() == PREFIX.length() || path.charAt(PREFIX.length()) == '/');
  }

  void handle(HttpServerRequest http) {
    String path = http.path();
    if (path.equals(PREFIX)) {
      ConsoleHeaders.addUncached(http);
      var unused = http.response().setStatusCode(308).putHeader("Location", PREFIX + "/").end();
    } else if (path.equals(PREFIX + "/session")) {
      session(http);
    } else if (path.startsWith(PREFIX + "/v1/")) {
      route(http, path.substring(PREFIX.length()));
    } else {
      String file = path.substring(PREFIX.length() + 1);
      files.answer(http, file.isEmpty() ? "index.html" : file);
    }
  }

  private void session(HttpServerRequest http) {
    HttpMethod method = http.method();
    if (method.equals(HttpMethod.POST)) {
      signIn(http);
      return;
    }
    Session session = sessions.find(cookie(http), true, timers.now());
    if (session == null || !alive(session)) {
      refuse(http, 401, "Not signed in.");
    } else if (method.equals(HttpMethod.GET)) {
      json(http, 200, told(session));
    } else if (!method.equals(HttpMethod.DELETE)) {
      refuse(http, 405, "Not possible.");
    } else if (!proven(http, session)) {
      refuse(http, 403, "Not from this console.");
    } else {
      signOut(http);
    }
  }

  /** The log-in of the REST routes decides, with its limits; what it gives stays here. */
  private void signIn(HttpServerRequest http) {
    if (!ownOrigin(http) || http.getHeader(PROOF) == null) {
      refuse(http, 403, "Not from this console.");
      return;
    }
    rest.handle(
        http,
        new HttpRequests.Way(
            "/v1/admin-sessions",
            Credentials.NONE,
            ConsoleHeaders::addUncached,
            (request, reply) -> {
              if (reply.response().status() != 200) {
                return reply;
              }
              String user = Json.text(request.body(), "username");
              String token = Json.text(reply.response().body().asJsonObject(), "token");
              long now = timers.now();
              end(cookie(http), now);
              String value =
                  sessions.open(user == null ? "" : user, token == null ? "" : token, now);
              setCookie(http, value);
              Session session = sessions.find(value, true, now);
              return session == null ? reply : with(reply, told(session));
            }));
  }

  /** Ends the session of a cookie, if there is one, and its Admin-Token. */
  private void end(@Nullable String cookie, long now) {
    Session session = sessions.find(cookie, false, now);
    if (session != null && cookie != null) {
      sessions.end(cookie);
      admins.end(session.adminToken());
    }
  }

  private void signOut(HttpServerRequest http) {
    end(cookie(http), timers.now());
    LOG.log(System.Logger.Level.INFO, "administrator signed out of the console");
    setCookie(http, null);
    json(http, 200, Json.object().add("message", "Success").build());
  }

  private static JsonObject told(Session session) {
    return Json.object().add("user", session.user()).add("proof", session.proof()).build();
  }

  private void route(HttpServerRequest http, String path) {
    boolean passive = http.getHeader(PASSIVE) != null;
    Session session = sessions.find(cookie(http), !passive, timers.now());
    if (session == null || !alive(session)) {
      refuse(http, 401, "Not signed in.");
      return;
    }
    if (!http.method().equals(HttpMethod.GET) && !proven(http, session)) {
      refuse(http, 403, "Not from this console.");
      return;
    }
    boolean secretIsNew =
        http.method().equals(HttpMethod.POST)
            || (http.method().equals(HttpMethod.PUT) && WEBHOOK.matcher(path).matches());
    rest.handle(
        http,
        new HttpRequests.Way(
            path,
            new Credentials(session.adminToken(), null, null),
            ConsoleHeaders::addUncached,
            (request, reply) ->
                secretIsNew ? reply : with(reply, withoutSecret(reply.response().body()))));
  }

  /** A secret is shown once, in the answer to the request that made it. */
  private static JsonValue withoutSecret(JsonValue body) {
    if (body.getValueType() == JsonValue.ValueType.OBJECT) {
      JsonObject object = body.asJsonObject();
      return object.containsKey("secret") ? Json.object(object).remove("secret").build() : object;
    }
    if (body.getValueType() != JsonValue.ValueType.ARRAY) {
      return body;
    }
    JsonArrayBuilder out = Json.array();
    body.asJsonArray().forEach(item -> out.add(withoutSecret(item)));
    return out.build();
  }

  private static Reply with(Reply reply, JsonValue body) {
    ApiResponse old = reply.response();
    return new Reply(
        new ApiResponse(old.status(), old.headers(), body), reply.text(), reply.afterwards());
  }

  private boolean alive(Session session) {
    return admins.user(session.adminToken(), timers.now()) != null;
  }

  private static boolean proven(HttpServerRequest http, Session session) {
    String proof = http.getHeader(PROOF);
    return proof != null && Ids.same(proof, session.proof()) && ownOrigin(http);
  }

  /** Whether a page of this very host made the request; browsers say so with all but GET. */
  private static boolean ownOrigin(HttpServerRequest http) {
    String given = http.getHeader("Origin");
    HostAndPort own = http.authority();
    String site = http.getHeader("Sec-Fetch-Site");
    if (given == null || own == null || (site != null && !site.equals("same-origin"))) {
      return false;
    }
    try {
      URI origin = URI.create(given);
      // A proxy may have taken the TLS off, so that the port alone says nothing of the scheme.
      int standard = "https".equals(origin.getScheme()) ? 443 : 80;
      return origin.getHost() != null
          && origin.getHost().equalsIgnoreCase(own.host())
          && port(origin.getPort(), standard) == port(own.port(), standard);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static int port(int given, int standard) {
    return given < 0 ? standard : given;
  }

  private static @Nullable String cookie(HttpServerRequest http) {
    Set<Cookie> cookies = http.cookies(COOKIE);
    return cookies.isEmpty() ? null : cookies.iterator().next().getValue();
  }

  /** For this session of the browser, these paths, and no script. */
  private static void setCookie(HttpServerRequest http, @Nullable String value) {
    boolean tls = http.isSSL() || "https".equals(forwarded(http));
    Cookie cookie =
        Cookie.cookie(COOKIE, value == null ? "" : value)
            .setPath(PREFIX)
            .setHttpOnly(true)
            .setSameSite(CookieSameSite.STRICT)
            .setSecure(tls);
    if (value == null) {
      cookie.setMaxAge(0);
    }
    http.response().putHeader("Set-Cookie", cookie.encode());
  }

  /** What a proxy says of itself; who lies here only keeps a cookie from being sent. */
  private static String forwarded(HttpServerRequest http) {
    String protocol = http.getHeader("X-Forwarded-Proto");
    return protocol == null ? "" : protocol.toLowerCase(Locale.ROOT);
  }

  private static void refuse(HttpServerRequest http, int status, String error) {
    json(http, status, Json.object().add("error", error).build());
  }

  private static void json(HttpServerRequest http, int status, JsonObject body) {
    ConsoleHeaders.addUncached(http);
    var unused =
        http.response()
            .setStatusCode(status)
            .putHeader("Content-Type", "application/json; charset=utf-8")
            .end(Json.write(body));
  }
}
