package io.respoke.service.routes;

import io.respoke.protocol.EventHeader;
import io.respoke.protocol.Json;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Ids;
import io.respoke.service.state.PushConfig;
import io.respoke.service.state.PushDesk;
import io.respoke.service.state.PushRules;
import io.respoke.service.state.PushTokens;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** Makes push notifications of messages, as the app's rules say (protocol-wire §7.2, §7.3). */
final class PushFeed {
  private PushFeed() {}

  static void message(Request request, AppSpace space, EventHeader header, String to, JsonValue m) {
    PushConfig config = space.push().rules().messages();
    if (request.flag("push") && config.enable()) {
      offer(space, config, to, m, original(header, "body", m), Occasion.of(request));
    }
  }

  static void call(
      Request request, AppSpace space, EventHeader header, String to, JsonObject signal) {
    PushConfig config = space.push().rules().calls();
    if (config.enable()) {
      JsonValue text = Json.string(Json.write(signal));
      offer(space, config, to, text, original(header, "body", text), Occasion.of(request));
    }
  }

  static void published(
      Request request, AppSpace space, EventHeader header, String group, JsonValue m) {
    PushConfig config = space.push().rules().ofGroup(group);
    if (!request.flag("push") || !config.enable()) {
      return;
    }
    for (String endpointId : space.pushTokens().endpoints()) {
      if (!endpointId.equals(header.from()) && space.conversations().has(endpointId, group)) {
        offer(space, config, endpointId, m, original(header, "message", m), Occasion.of(request));
      }
    }
  }

  private static JsonObject original(EventHeader header, String member, JsonValue message) {
    return Json.object().add("header", header.toJson()).add(member, message).build();
  }

  private static void offer(
      AppSpace space,
      PushConfig config,
      String endpointId,
      JsonValue body,
      JsonObject original,
      Occasion at) {
    List<PushTokens.Device> devices = space.pushTokens().of(endpointId);
    if (devices.isEmpty()) {
      return;
    }
    boolean connected = !space.connections().of(endpointId).isEmpty();
    if (!(PushRules.decide(config, true, body, endpointId, connected)
        instanceof PushRules.Decision.Notify notify)) {
      return;
    }
    if (config.sendPushEvent() && space.events().wants("pushEvent")) {
      String id = "push_" + Ids.lower();
      space.push().ask(id, endpointId, config, at.now());
      String unused =
          AppFeed.emit(
              space,
              "pushEvent",
              "endpoint:" + endpointId,
              endpointId,
              null,
              at,
              json ->
                  json.add("originalMsg", original)
                      .add("pushText", notify.text())
                      .add("config", config.toJson())
                      .add("pushNotificationId", id));
      return;
    }
    for (PushTokens.Device device : devices) {
      space
          .push()
          .send(
              new PushDesk.Note(
                  device, notify.text(), config.badge(), null, config.sound(), config.category()));
    }
  }
}
