package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.service.state.Connection;
import io.respoke.service.state.LogText;
import io.respoke.service.state.SdkProfile;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request, over HTTP or over a socket: handlers cannot tell and need not.
 *
 * @param method the verb in lower case
 * @param path the path as sent, without scheme, host and query
 * @param query the query's parameters
 * @param body the body; empty for none
 * @param caller who makes it
 * @param peer the socket it came through, or {@code null} for HTTP
 * @param sdk the client's software
 * @param remoteAddress where it comes from
 * @param requestId names it in answers, events and the log
 * @param now epoch milliseconds
 * @param values the variable parts of the path, decoded
 */
public record Request(
    String method,
    String path,
    JsonObject query,
    JsonObject body,
    Caller caller,
    @Nullable SocketPeer peer,
    SdkProfile sdk,
    String remoteAddress,
    String requestId,
    long now,
    List<String> values) {

  /** The same request with the variable parts of its path. */
  Request with(List<String> pathValues) {
    return new Request(
        method, path, query, body, caller, peer, sdk, remoteAddress, requestId, now, pathValues);
  }

  /** A variable part of the path. */
  String value(int index) {
    return values.get(index);
  }

  /**
   * The connection of the socket it came through, or {@code null} when the caller may not act as
   * it: a frame may bring credentials of somebody else than who registered the socket.
   */
  @Nullable Connection connection() {
    Connection bound = peer == null ? null : peer.connection();
    return bound != null && actsAs(bound) ? bound : null;
  }

  /** An endpoint as its own connections, a server as all of its app, an administrator as any. */
  private boolean actsAs(Connection bound) {
    if (caller instanceof Caller.Member member) {
      return member.session().space() == bound.space()
          && member.session().endpointId().equals(bound.endpointId());
    }
    if (caller instanceof Caller.AppServer server) {
      return server.space() == bound.space();
    }
    // An administrator who names another app asks for something there.
    String appId = text("appId");
    return caller instanceof Caller.Administrator
        && (appId == null || appId.equalsIgnoreCase(bound.space().app().id()));
  }

  /** A parameter from the body, else from the query; JSON null is absent. */
  @Nullable JsonValue parameter(String name) {
    JsonValue value = body.get(name);
    if (value == null || value == JsonValue.NULL) {
      value = query.get(name);
    }
    return value == JsonValue.NULL ? null : value;
  }

  /** A parameter as text; empty text is absent. */
  @Nullable String text(String name) {
    JsonValue value = parameter(name);
    String text = value == null ? null : Json.text(value);
    return text == null || text.isEmpty() ? null : text;
  }

  /** A required parameter as text. */
  String required(String name) {
    String text = text(name);
    if (text == null) {
      throw new Refused(Answer.missing(List.of(name)));
    }
    return text;
  }

  /** A parameter as a whole number, {@code null} when absent. */
  @Nullable Long whole(String name) {
    JsonValue value = parameter(name);
    if (value == null) {
      return null;
    }
    Long whole = Json.whole(Json.object().add(name, value).build(), name);
    if (whole == null) {
      throw new Refused(400, name + " must be a number.");
    }
    return whole;
  }

  /** A parameter as a boolean. */
  boolean flag(String name) {
    return Json.bool(body, name, Json.bool(query, name, false));
  }

  /** A required list of names; a single name counts as a list of one. */
  Set<String> names(String name) {
    JsonValue value = parameter(name);
    List<JsonValue> items = new ArrayList<>();
    if (value instanceof JsonArray array) {
      items.addAll(array);
    } else if (value instanceof JsonString) {
      items.add(value);
    } else {
      throw new Refused(Answer.missing(List.of(name)));
    }
    Set<String> names = new LinkedHashSet<>();
    for (JsonValue item : items) {
      String text = Json.text(item);
      if (text == null || text.isEmpty()) {
        throw new Refused(400, name + " must be a list of non-empty strings.");
      }
      names.add(text);
    }
    return names;
  }

  /** Without body and caller, which may hold secrets. */
  @Override
  public String toString() {
    return LogText.of(method) + " " + LogText.of(path) + " [" + requestId + "]";
  }
}
