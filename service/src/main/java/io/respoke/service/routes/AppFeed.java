package io.respoke.service.routes;

import io.respoke.protocol.EventHeader;
import io.respoke.protocol.Json;
import io.respoke.protocol.ServerEvent;
import io.respoke.service.state.AppEvents;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.CallSession;
import io.respoke.service.state.CallSession.Party;
import io.respoke.service.state.CallSession.Side;
import io.respoke.service.state.Connection;
import io.respoke.service.state.Ids;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the webhook of an app, and the connections that subscribed, what happens (§7.1). */
final class AppFeed {
  /** The channel of all these events. */
  static final String CHANNEL = "event_";

  private static final String SYSTEM = "system";

  private AppFeed() {}

  static void connected(Connection who, Occasion at) {
    emit(who.space(), "endpointConnected", endpoint(who.endpointId()), who, at, json -> {});
  }

  static void disconnected(Connection who, Occasion at) {
    emit(who.space(), "endpointDisconnected", endpoint(who.endpointId()), who, at, json -> {});
  }

  static void joined(Connection who, String group, Occasion at) {
    emit(who.space(), "groupJoined", group(group), who, at, json -> json.add("group", group));
  }

  static void left(Connection who, String group, Occasion at) {
    emit(who.space(), "groupLeft", group(group), who, at, json -> json.add("group", group));
  }

  static void message(AppSpace space, Sender sender, String to, JsonValue message, Occasion at) {
    emit(
        space,
        "message",
        endpoint(sender.endpointId()),
        sender.endpointId(),
        sender.connection() == null ? null : sender.connection().id(),
        at,
        json -> json.add("to", to).add("message", message));
  }

  static void published(
      AppSpace space, Sender sender, String group, JsonValue message, Occasion at) {
    emit(
        space,
        "message",
        group(group),
        sender.endpointId(),
        sender.connection() == null ? null : sender.connection().id(),
        at,
        json -> json.add("group", group).add("message", message));
  }

  static void started(AppSpace space, CallSession session, Occasion at) {
    Party callee = session.party(Side.CALLEE);
    call(
        space,
        "callStarted",
        session,
        session.party(Side.CALLER),
        at,
        json -> json.add("to", callee.address()).add("toType", callee.type()));
  }

  static void answered(AppSpace space, CallSession session, Occasion at) {
    call(space, "callAnswered", session, session.party(Side.CALLEE), at, json -> {});
  }

  static void ended(AppSpace space, CallSession session, @Nullable String reason, Occasion at) {
    call(
        space,
        "callEnded",
        session,
        session.party(Side.CALLER),
        at,
        json -> {
          json.add("answered", session.answered());
          if (reason != null) {
            json.add("reason", reason);
          }
        });
  }

  private static void call(
      AppSpace space,
      String type,
      CallSession session,
      Party party,
      Occasion at,
      Consumer<JsonObjectBuilder> more) {
    emit(
        space,
        type,
        "call:" + session.id(),
        party.endpointId(),
        party.connectionId(),
        at,
        json -> {
          json.add("sessionId", session.id()).add("target", session.target());
          more.accept(json);
        });
  }

  /** An event that only says that the webhook works; gives its id. */
  static String test(AppSpace space, Occasion at) {
    return emit(space, AppEvents.TEST, AppEvents.TEST, null, null, at, json -> {});
  }

  private static String endpoint(String endpointId) {
    return "endpoint:" + endpointId;
  }

  private static String group(String group) {
    return "group:" + group;
  }

  private static void emit(
      AppSpace space,
      String type,
      String key,
      Connection who,
      Occasion at,
      Consumer<JsonObjectBuilder> more) {
    emit(space, type, key, who.endpointId(), who.id(), at, more);
  }

  /**
   * Tells everybody who wants to know.
   *
   * @param key events of one key reach the webhook in order
   * @return the event's id; empty when nobody wanted it
   */
  static String emit(
      AppSpace space,
      String type,
      String key,
      @Nullable String endpointId,
      @Nullable String connectionId,
      Occasion at,
      Consumer<JsonObjectBuilder> more) {
    AppEvents events = space.events();
    if (!events.wants(type)) {
      return "";
    }
    String id = Ids.request();
    JsonObjectBuilder json =
        Json.object()
            .add(
                "header",
                Json.object()
                    .add("channel", CHANNEL)
                    .add("type", type)
                    .add("from", SYSTEM)
                    .add("fromConnection", SYSTEM)
                    .add("requestId", id));
    if (endpointId != null) {
      json.add("endpointId", endpointId);
    }
    if (connectionId != null) {
      json.add("connectionId", connectionId);
    }
    json.add("appId", space.app().id()).add("time", at.now() / 1_000);
    more.accept(json);
    JsonObject envelope = json.build();
    if (events.selects(type)) {
      boolean unused = events.queue(id, type, key, Json.write(envelope), at.now());
    }
    EventHeader header =
        EventHeader.from("pubsub", SYSTEM, SYSTEM).withChannel(CHANNEL).at(at.now(), id);
    new Fan(envelope, body -> Events.encode(new ServerEvent.Pubsub(header, CHANNEL, body)))
        .to(List.copyOf(events.subscribers()), null);
    return id;
  }
}
