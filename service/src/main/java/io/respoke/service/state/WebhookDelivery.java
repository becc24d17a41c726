package io.respoke.service.state;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One event on its way to a webhook. Changed by its {@link WebhookOutbox} only. */
public final class WebhookDelivery {
  /** Where it is. */
  public enum Status {
    /** It waits for its turn or for its next attempt. */
    PENDING,
    /** It is being sent. */
    SENDING,
    /** The receiver has it. */
    DELIVERED,
    /** It was given up; it can be replayed. */
    DEAD
  }

  private final String id;
  private final String type;
  private final String key;
  private final String body;
  private final long createdAt;
  long triedSince;
  Status status = Status.PENDING;
  int attempts;
  int attemptsNow;
  long lastAttemptAt;

  /** When the pause after a failure ends; 0 when none keeps it back. */
  long nextAttemptAt;

  @Nullable WebhookAnswer answer;
  @Nullable String problem;

  WebhookDelivery(String id, String type, String key, String body, long now) {
    this.id = id;
    this.type = type;
    this.key = key;
    this.body = body;
    this.createdAt = now;
    this.triedSince = now;
  }

  /** The event's id, which is its {@code header.requestId}. */
  public String id() {
    return id;
  }

  /** The event's type. */
  public String type() {
    return type;
  }

  /** Events of one key are delivered in order. */
  public String key() {
    return key;
  }

  /** What is sent. */
  public String body() {
    return body;
  }

  /** When the event happened, epoch milliseconds. */
  public long createdAt() {
    return createdAt;
  }

  /** Where it is. */
  public Status status() {
    return status;
  }

  /** How often it was tried. */
  public int attempts() {
    return attempts;
  }

  /** When the last attempt began, epoch milliseconds; 0 before the first. */
  public long lastAttemptAt() {
    return lastAttemptAt;
  }

  /** How the last attempt went that has ended; {@code null} before. */
  public @Nullable WebhookAnswer answer() {
    return answer;
  }

  /** What went wrong last, or {@code null}. */
  public @Nullable String problem() {
    return problem;
  }

  boolean finished() {
    return status == Status.DELIVERED || status == Status.DEAD;
  }

  /** As the routes show it, without the event. */
  public JsonObject toJson() {
    JsonObjectBuilder out =
        Json.object()
            .add("id", id)
            .add("type", type)
            .add("key", key)
            .add("status", status.name().toLowerCase(Locale.ROOT))
            .add("attempts", attempts)
            .add("createdAt", IsoTime.of(createdAt));
    if (attempts > 0) {
      out.add("lastAttemptAt", IsoTime.of(lastAttemptAt));
    }
    if (nextAttemptAt > 0) {
      out.add("nextAttemptAt", IsoTime.of(nextAttemptAt));
    }
    if (answer != null) {
      out.add("durationMillis", answer.millis());
      out.add(
          "responseStatus", answer.status() == 0 ? JsonValue.NULL : Json.number(answer.status()));
    }
    if (problem != null) {
      out.add("problem", problem);
    }
    return out.build();
  }

  /** Without the event. */
  @Override
  public String toString() {
    return "WebhookDelivery[id=" + id + ", type=" + type + ", status=" + status + "]";
  }
}
