package io.respoke.webhook;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads events. Looks its JSON provider up once. */
final class WebhookJson {
  private static final JsonReaderFactory READERS =
      JsonProvider.provider().createReaderFactory(Map.of());

  /** More than thirty thousand years away: no time of an event. */
  private static final double FURTHEST_SECOND = 1e12;

  /** A member that an event needs is missing. */
  private static final class MissingMember extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingMember(String name) {
      super(name + " is missing", null, false, false);
    }
  }

  private WebhookJson() {}

  /** An event; {@code null} when it is none. */
  static @Nullable WebhookEvent read(byte[] body) {
    JsonObject json = object(body);
    if (json == null || !(json.get("header") instanceof JsonObject header)) {
      return null;
    }
    Optional<String> type = text(header, "type");
    if (type.isEmpty()) {
      return null;
    }
    Instant time = Instant.EPOCH;
    if (json.get("time") instanceof JsonNumber number) {
      double seconds = number.doubleValue();
      if (!(Math.abs(seconds) <= FURTHEST_SECOND)) {
        return null;
      }
      time = Instant.ofEpochSecond((long) seconds);
    }
    WebhookEvent.Envelope envelope =
        new WebhookEvent.Envelope(
            type.get(),
            text(header, "requestId"),
            text(json, "appId").orElse(""),
            text(json, "endpointId"),
            text(json, "connectionId"),
            time,
            json);
    try {
      return typed(envelope);
    } catch (MissingMember e) {
      return new WebhookEvent.Unknown(envelope, String.valueOf(e.getMessage()));
    }
  }

  private static WebhookEvent typed(WebhookEvent.Envelope envelope) {
    JsonObject json = envelope.json();
    return switch (envelope.type()) {
      case "endpointConnected" ->
          new WebhookEvent.EndpointConnected(envelope, need(json, "endpointId"));
      case "endpointDisconnected" ->
          new WebhookEvent.EndpointDisconnected(envelope, need(json, "endpointId"));
      case "groupJoined" ->
          new WebhookEvent.GroupJoined(envelope, need(json, "endpointId"), need(json, "group"));
      case "groupLeft" ->
          new WebhookEvent.GroupLeft(envelope, need(json, "endpointId"), need(json, "group"));
      case "message" -> message(envelope);
      case "callStarted" ->
          new WebhookEvent.CallStarted(
              envelope, need(json, "sessionId"), need(json, "endpointId"), need(json, "to"));
      case "callAnswered" ->
          new WebhookEvent.CallAnswered(
              envelope, need(json, "sessionId"), need(json, "endpointId"));
      case "callEnded" ->
          new WebhookEvent.CallEnded(envelope, need(json, "sessionId"), text(json, "reason"));
      case "pushEvent" ->
          new WebhookEvent.PushRequested(
              envelope,
              need(json, "pushNotificationId"),
              need(json, "endpointId"),
              text(json, "pushText"),
              members(json, "originalMsg"),
              json.get("config") instanceof JsonObject config
                  ? config
                  : JsonValue.EMPTY_JSON_OBJECT);
      case "webhookTest" -> new WebhookEvent.TestSent(envelope);
      default -> new WebhookEvent.Unknown(envelope, "its type is not known");
    };
  }

  private static WebhookEvent message(WebhookEvent.Envelope envelope) {
    JsonObject json = envelope.json();
    Optional<String> to = text(json, "to");
    Optional<String> group = text(json, "group");
    if (to.isEmpty() && group.isEmpty()) {
      throw new MissingMember("to or group");
    }
    JsonValue body = json.get("message");
    if (body == null) {
      throw new MissingMember("message");
    }
    return new WebhookEvent.MessageSent(envelope, need(json, "endpointId"), to, group, body);
  }

  private static @Nullable JsonObject object(byte[] body) {
    try {
      // strict: bytes that are no UTF-8 are no JSON
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      try (JsonReader reader = READERS.createReader(new StringReader(text))) {
        return reader.readValue() instanceof JsonObject object ? object : null;
      }
    } catch (CharacterCodingException e) {
      return null;
    } catch (RuntimeException e) {
      // JsonException, and whatever a provider throws at its limits
      return null;
    }
  }

  private static Optional<String> text(JsonObject json, String name) {
    return json.get(name) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  private static String need(JsonObject json, String name) {
    return text(json, name).orElseThrow(() -> new MissingMember(name));
  }

  private static JsonObject members(JsonObject json, String name) {
    if (json.get(name) instanceof JsonObject object) {
      return object;
    }
    throw new MissingMember(name);
  }
}
