package io.respoke.core.client;

import io.respoke.Conversation;
import io.respoke.Message;
import io.respoke.protocol.EventHeader;
import io.respoke.protocol.Frame;
import io.respoke.protocol.Json;
import io.respoke.protocol.MalformedJsonException;
import io.respoke.protocol.ServerEvent;
import io.respoke.protocol.ServerEvent.Pubsub;
import io.respoke.protocol.ServerEventCodec;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stored messages and conversations, read from the service's answers. */
final class History {
  private History() {}

  /** The messages of one group, oldest first. */
  static List<Message> messages(ClientContext context, DefaultGroup group, JsonValue answer) {
    List<Message> messages = new ArrayList<>();
    for (Pubsub stored : Backlog.oldestFirst(stored(answer))) {
      messages.add(context.message(stored.header(), stored.message(), null, group, false));
    }
    return List.copyOf(messages);
  }

  /** The stored messages of an answer, in its order. */
  static List<Pubsub> stored(JsonValue answer) {
    List<Pubsub> messages = new ArrayList<>();
    if (answer instanceof JsonArray array) {
      for (JsonValue one : array) {
        Pubsub message = storedMessage(one);
        if (message != null) {
          messages.add(message);
        }
      }
    }
    return messages;
  }

  private static @Nullable Pubsub storedMessage(JsonValue one) {
    // A stored message has the shape of the event it once was.
    Frame.Event event = new Frame.Event(null, "", "pubsub", Json.array().add(one).build());
    ServerEvent decoded = ServerEventCodec.decode(event).get(0);
    return decoded instanceof Pubsub message ? message : null;
  }

  /** An endpoint's conversations. */
  static List<Conversation> conversations(ClientContext context, JsonValue answer) {
    List<Conversation> conversations = new ArrayList<>();
    if (answer instanceof JsonArray array) {
      for (JsonValue one : array) {
        if (one instanceof JsonObject object) {
          String groupId = Json.text(object, "groupId");
          if (groupId != null) {
            conversations.add(conversation(context, groupId, object));
          }
        }
      }
    }
    return List.copyOf(conversations);
  }

  private static Conversation conversation(
      ClientContext context, String groupId, JsonObject object) {
    Long unread = Json.whole(object, "unreadCount");
    Long timestamp = Json.whole(object, "timestamp");
    String source = Json.text(object, "sourceId");
    Optional<Message> latest = Optional.empty();
    JsonObject latestMessage = object(object.get("latestMsg"));
    if (latestMessage != null) {
      JsonObject header = Json.object(latestMessage, "header");
      JsonValue content = latestMessage.getOrDefault("message", latestMessage.get("body"));
      if (header != null && content != null) {
        latest =
            Optional.of(
                context.message(
                    EventHeader.of(header), content, null, context.groups().get(groupId), false));
      }
    }
    return new Conversation(
        groupId,
        latest,
        source == null ? "" : source,
        unread == null ? 0 : (int) Math.max(0, Math.min(Integer.MAX_VALUE, unread)),
        Instant.ofEpochMilli(timestamp == null ? 0 : timestamp));
  }

  /** Some services send the message as JSON text (features §5.1). */
  private static @Nullable JsonObject object(@Nullable JsonValue value) {
    if (value instanceof JsonString text) {
      try {
        return Json.parseObject(text.getString());
      } catch (MalformedJsonException e) {
        return null;
      }
    }
    return value instanceof JsonObject object ? object : null;
  }
}
