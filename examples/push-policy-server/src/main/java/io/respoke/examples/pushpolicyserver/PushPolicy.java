package io.respoke.examples.pushpolicyserver;

import io.respoke.webhook.WebhookEvent.PushRequested;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * Which messages become notifications, and what those say. It decides and does nothing else: what
 * time it is is an argument.
 *
 * @param quiet when only calls may disturb
 * @param muted who is never notified of
 */
record PushPolicy(Optional<QuietHours> quiet, Set<String> muted) {
  private static final int LONGEST = 120;

  /** Hours of each day, {@code from} included and {@code to} not; they may go over midnight. */
  record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {
    /** Reads {@code 22:00-07:00}. */
    static QuietHours of(String text, ZoneId zone) {
      String[] ends = text.split("-", -1);
      if (ends.length != 2) {
        throw new IllegalArgumentException("quiet hours are like 22:00-07:00, not " + text);
      }
      return new QuietHours(LocalTime.parse(ends[0]), LocalTime.parse(ends[1]), zone);
    }

    boolean at(Instant now) {
      LocalTime time = LocalTime.ofInstant(now, zone);
      return from.isBefore(to)
          ? !time.isBefore(from) && time.isBefore(to)
          : !time.isBefore(from) || time.isBefore(to);
    }
  }

  /** What becomes of a message. */
  sealed interface Decision {
    /** It is shown on the devices of the endpoint. */
    record Notify(String text) implements Decision {}

    /** It is not. */
    record Silent(String why) implements Decision {}
  }

  Decision decide(PushRequested event, Instant now) {
    JsonObject header = object(event.originalMsg(), "header");
    String from = text(header, "from").orElse("somebody");
    if (muted.contains(from)) {
      return new Decision.Silent(from + " is muted");
    }
    if (text(header, "type").equals(Optional.of("signal"))) {
      return new Decision.Notify(from + " is calling"); // the service proposes the signal itself
    }
    if (quiet.isPresent() && quiet.get().at(now)) {
      return new Decision.Silent("these are quiet hours");
    }
    String where = text(header, "channel").map(group -> " in " + group).orElse("");
    return new Decision.Notify(cut(from + where + ": " + event.pushText().orElse("")));
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  private static JsonObject object(JsonObject json, String name) {
    return json.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }

  private static Optional<String> text(JsonObject json, String name) {
    return json.get(name) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }
}
