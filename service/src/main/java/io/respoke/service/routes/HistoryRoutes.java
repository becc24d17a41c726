package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.protocol.Role.GroupPermission;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.GroupHistory;
import io.respoke.service.state.SdkProfile;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Persisted group messages and what an endpoint has read of them (protocol-wire §4.4). */
final class HistoryRoutes {
  private static final long DEFAULT_LIMIT = 50;
  private static final long MAX_LIMIT = 1_000;

  private final Access access;

  HistoryRoutes(Access access) {
    this.access = access;
  }

  void addTo(Router router) {
    router
        .add("get", "groups/{}/history", this::history)
        .add("post", "group-history-search", this::search)
        .add("get", "group-histories", this::search)
        .add("get", "endpoints/{}/conversations", this::conversations)
        .add("put", "endpoints/{}/conversations", this::markRead)
        .add("post", "endpoints/{}/conversations", this::markRead);
  }

  private Answer history(Request request) {
    AppSpace space = access.space(request);
    String group = request.value(0);
    Access.permit(request, GroupPermission.SUBSCRIBE, group);
    return Answer.of(
        messages(
            space.history().newest(group, limit(request), request.whole("before")), request.sdk()));
  }

  private Answer search(Request request) {
    AppSpace space = access.space(request);
    Set<String> groups = request.names("groupIds");
    for (String group : groups) {
      Access.permit(request, GroupPermission.SUBSCRIBE, group);
    }
    long limit = limit(request);
    Long before = request.whole("before");
    JsonObjectBuilder out = Json.object();
    for (String group : groups) {
      out.add(group, messages(space.history().newest(group, limit, before), request.sdk()));
    }
    return Answer.of(out.build());
  }

  private static long limit(Request request) {
    Long limit = request.whole("limit");
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    if (limit < 1) {
      throw new Refused(400, "limit must be 1 at least.");
    }
    return Math.min(MAX_LIMIT, limit);
  }

  private static JsonArray messages(List<GroupHistory.Entry> entries, SdkProfile sdk) {
    JsonArrayBuilder out = Json.array();
    entries.forEach(entry -> out.add(message(entry, sdk)));
    return out.build();
  }

  /** The mobile SDKs take strings only, here as in events. */
  private static JsonObject message(GroupHistory.Entry entry, SdkProfile sdk) {
    JsonValue message = entry.json().get("message");
    if (!sdk.stringBodies() || message == null || message instanceof JsonString) {
      return entry.json();
    }
    return Json.object(entry.json()).add("message", Json.write(message)).build();
  }

  private Answer conversations(Request request) {
    AppSpace space = access.space(request);
    String endpointId = request.value(0);
    Access.own(request, endpointId);
    JsonArrayBuilder out = Json.array();
    for (String group : space.conversations().of(endpointId)) {
      List<GroupHistory.Entry> newest = space.history().newest(group, 1, null);
      if (!newest.isEmpty()) {
        GroupHistory.Entry latest = newest.get(0);
        long mark = space.conversations().mark(endpointId, group);
        out.add(
            Json.object()
                .add("groupId", group)
                .add("sourceId", latest.from())
                .add("unreadCount", space.history().unread(group, endpointId, mark))
                .add("timestamp", latest.timestamp())
                .add("latestMsg", message(latest, request.sdk())));
      }
    }
    return Answer.of(out.build());
  }

  private Answer markRead(Request request) {
    AppSpace space = access.space(request);
    String endpointId = request.value(0);
    Access.own(request, endpointId);
    if (!(request.parameter("groups") instanceof JsonArray groups)) {
      throw new Refused(Answer.missing(List.of("groups")));
    }
    for (JsonValue item : groups) {
      String group = item instanceof JsonObject object ? Json.text(object, "groupId") : null;
      Long timestamp = item instanceof JsonObject object ? timestamp(object) : null;
      if (group == null || timestamp == null) {
        throw new Refused(400, "groups must be a list of objects with groupId and timestamp.");
      }
    }
    for (JsonValue item : groups) {
      String group = Json.text(item.asJsonObject(), "groupId");
      Long timestamp = timestamp(item.asJsonObject());
      if (group != null && timestamp != null) {
        space.conversations().read(endpointId, group, timestamp);
      }
    }
    return Answer.success();
  }

  private static @Nullable Long timestamp(JsonObject mark) {
    Long number = Json.whole(mark, "timestamp");
    if (number != null) {
      return number;
    }
    String text = Json.text(mark, "timestamp");
    return text == null ? null : Timestamps.parse(text);
  }
}
