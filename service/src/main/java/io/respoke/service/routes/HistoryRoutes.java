package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.protocol.Role.GroupPermission;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.SdkProfile;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.Conversation;
import io.respoke.service.storage.StoredMessage;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Persisted group messages and what an endpoint has read of them (protocol-wire §4.4). */
final class HistoryRoutes {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 1_000;

  private final Access access;
  private final Keeper keeper;

  HistoryRoutes(Access access, Keeper keeper) {
    this.access = access;
    this.keeper = keeper;
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
    return keeper.history(
        space.app().id(),
        List.of(group),
        limit(request),
        request.whole("before"),
        found -> Answer.of(messages(found.getOrDefault(group, List.of()), request.sdk())));
  }

  private Answer search(Request request) {
    AppSpace space = access.space(request);
    Set<String> groups = request.names("groupIds");
    for (String group : groups) {
      Access.permit(request, GroupPermission.SUBSCRIBE, group);
    }
    return keeper.history(
        space.app().id(),
        groups,
        limit(request),
        request.whole("before"),
        found -> {
          JsonObjectBuilder out = Json.object();
          found.forEach((group, newest) -> out.add(group, messages(newest, request.sdk())));
          return Answer.of(out.build());
        });
  }

  private static int limit(Request request) {
    Long limit = request.whole("limit");
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    if (limit < 1) {
      throw new Refused(400, "limit must be 1 at least.");
    }
    return (int) Math.min(MAX_LIMIT, limit);
  }

  private static JsonArray messages(List<StoredMessage> entries, SdkProfile sdk) {
    JsonArrayBuilder out = Json.array();
    entries.forEach(entry -> out.add(message(entry, sdk)));
    return out.build();
  }

  /** The mobile SDKs take strings only, here as in events. */
  private static JsonObject message(StoredMessage entry, SdkProfile sdk) {
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
    Map<String, Long> marks = new LinkedHashMap<>();
    for (String group : space.conversations().of(endpointId)) {
      marks.put(group, space.conversations().mark(endpointId, group));
    }
    return keeper.conversations(
        space.app().id(),
        endpointId,
        marks,
        found -> {
          JsonArrayBuilder out = Json.array();
          found.forEach(one -> out.add(conversation(one, request.sdk())));
          return Answer.of(out.build());
        });
  }

  private static JsonObjectBuilder conversation(Conversation one, SdkProfile sdk) {
    StoredMessage newest = one.newest();
    return Json.object()
        .add("groupId", one.group())
        .add("sourceId", newest.from())
        .add("unreadCount", one.unread())
        .add("timestamp", newest.timestamp())
        .add("latestMsg", message(newest, sdk));
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
    List<Change> toStore = new ArrayList<>();
    for (JsonValue item : groups) {
      String group = Json.text(item.asJsonObject(), "groupId");
      Long timestamp = timestamp(item.asJsonObject());
      if (group != null && timestamp != null) {
        // A mark never goes back.
        long mark = Math.max(timestamp, space.conversations().mark(endpointId, group));
        toStore.add(new Change.MarkStored(space.app().id(), endpointId, group, mark));
      }
    }
    return keeper.keep(toStore, Answer::success);
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
