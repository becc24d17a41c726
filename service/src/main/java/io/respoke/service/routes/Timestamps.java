package io.respoke.service.routes;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Points in time as the SDKs write them, other than as numbers (protocol-wire R-43). */
final class Timestamps {
  /** {@code java.util.Date.toString()}, which is what Android sends. */
  private static final DateTimeFormatter JAVA_DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.US);

  private Timestamps() {}

  /** Epoch milliseconds, or {@code null} for text that is no point in time. */
  static @Nullable Long parse(String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      // Not ISO with a Z; go on.
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      // Not ISO at all; go on.
    }
    try {
      // Its precision is a second: the mark covers all of it.
      return ZonedDateTime.parse(text, JAVA_DATE).toInstant().toEpochMilli() + 999;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
