package io.respoke.core.client;

import io.respoke.Connection;
import io.respoke.ConnectionState;
import io.respoke.event.MemberJoined;
import io.respoke.event.MemberLeft;
import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.Json;
import io.respoke.protocol.Paths;
import io.respoke.protocol.ServerEvent;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Joining and leaving groups, and who else does. On the serial context unless said otherwise. */
final class Memberships {
  private final ClientContext context;

  Memberships(ClientContext context) {
    this.context = context;
  }

  /** Joins with one request. May be called on any thread. */
  CompletableFuture<Void> join(List<DefaultGroup> groups) {
    List<DefaultGroup> missing = groups.stream().filter(group -> !group.isJoined()).toList();
    if (missing.isEmpty() && context.driver().state() == ConnectionState.CONNECTED) {
      return CompletableFuture.completedFuture(null);
    }
    return context
        .request("post", Paths.GROUPS, ids(missing))
        .thenAccept(answer -> joined(missing, answer));
  }

  /** As {@link #join}, for groups that were joined before a drop. */
  CompletableFuture<Void> rejoin(List<DefaultGroup> groups) {
    groups.forEach(group -> group.backlog().hold());
    return context
        .request("post", Paths.GROUPS, ids(groups))
        .thenAccept(answer -> joined(groups, answer));
  }

  private static void joined(List<DefaultGroup> groups, ApiResponse answer) {
    Long time = answer.body() instanceof JsonObject body ? Json.whole(body, "timestamp") : null;
    groups.forEach(group -> group.joined(time));
  }

  /** Leaves with one request. May be called on any thread. */
  CompletableFuture<Void> leave(List<DefaultGroup> groups) {
    groups.forEach(DefaultGroup::forget);
    if (context.driver().state() != ConnectionState.CONNECTED) {
      // Without a connection there is no membership; nothing to take back but the wish.
      return CompletableFuture.completedFuture(null);
    }
    return context
        .request("delete", Paths.GROUPS, ids(groups))
        .thenAccept(answer -> groups.forEach(DefaultGroup::left));
  }

  private static JsonObject ids(List<DefaultGroup> groups) {
    List<String> ids = groups.stream().map(DefaultGroup::id).toList();
    return Json.object().add("groups", Json.strings(ids)).build();
  }

  /** Takes over a list of members; returns all of them, this client's connection included. */
  static List<Connection> members(ClientContext context, DefaultGroup group, JsonValue answer) {
    List<DefaultConnection> all = new ArrayList<>();
    if (answer instanceof JsonArray array) {
      for (JsonValue one : array) {
        DefaultConnection member = member(context, one);
        if (member != null) {
          all.add(member);
        }
      }
    }
    String own = context.client().connectionId().orElse("");
    group.setMembers(all.stream().filter(member -> !member.id().equals(own)).toList());
    return List.copyOf(all);
  }

  private static @Nullable DefaultConnection member(ClientContext context, JsonValue one) {
    if (!(one instanceof JsonObject object)) {
      return null;
    }
    String endpointId = Json.text(object, "endpointId");
    String connectionId = Json.text(object, "connectionId");
    return endpointId == null || connectionId == null
        ? null
        : context.endpoints().connection(endpointId, connectionId);
  }

  void joined(ServerEvent.Join event) {
    DefaultGroup group = context.groups().get(event.channel());
    if (isOwn(event.connectionId())) {
      group.joined(event.header().timestamp()); // by an administrator
      return;
    }
    DefaultConnection member =
        context.endpoints().connection(event.endpointId(), event.connectionId());
    if (group.addMember(member)) {
      context.events().fire(group.source(), new MemberJoined(context.client(), group, member));
    }
  }

  void left(ServerEvent.Leave event) {
    DefaultGroup group = context.groups().get(event.channel());
    if (isOwn(event.connectionId())) {
      group.left(); // by an administrator
      return;
    }
    DefaultConnection member =
        context.endpoints().connection(event.endpointId(), event.connectionId());
    group.removeMember(event.connectionId());
    if (member.isUnavailable() && !context.groups().hasMember(member.id())) {
      // Nothing is known of it any more: it may be gone for good.
      context.endpoints().remove(member.id());
    }
    context.events().fire(group.source(), new MemberLeft(context.client(), group, member));
  }

  private boolean isOwn(String connectionId) {
    return context.client().connectionId().filter(connectionId::equals).isPresent();
  }
}
