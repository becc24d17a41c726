package io.respoke.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers which events came, for a time and up to a number. */
final class SeenEvents {
  private final int limit;
  private final Duration memory;
  private final Map<String, Instant> seen = new LinkedHashMap<>();
  private long forgottenEarly;

  SeenEvents(int limit, Duration memory) {
    this.limit = limit;
    this.memory = memory;
  }

  /** Whether the event is new; then it is remembered. Events without an identity are always new. */
  synchronized boolean add(WebhookEvent event, Instant now) {
    @Nullable String key = key(event);
    if (key == null) {
      return true;
    }
    Instant oldest = now.minus(memory);
    Iterator<Instant> times = seen.values().iterator();
    while (times.hasNext() && times.next().isBefore(oldest)) {
      times.remove();
    }
    if (seen.putIfAbsent(key, now) != null) {
      return false;
    }
    if (seen.size() > limit) {
      Iterator<Instant> eldest = seen.values().iterator();
      eldest.next();
      eldest.remove();
      forgottenEarly++;
    }
    return true;
  }

  synchronized void remove(WebhookEvent event) {
    @Nullable String key = key(event);
    if (key != null) {
      seen.remove(key);
    }
  }

  synchronized long forgottenEarly() {
    return forgottenEarly;
  }

  synchronized int size() {
    return seen.size();
  }

  /** Of one length, whatever a sender writes into its ids. */
  private static @Nullable String key(WebhookEvent event) {
    WebhookEvent.Envelope envelope = event.envelope();
    Optional<String> id =
        event instanceof WebhookEvent.PushRequested push
            ? Optional.of(push.pushNotificationId())
            : envelope.requestId();
    if (id.isEmpty()) {
      return null;
    }
    String text = envelope.type() + '\n' + envelope.appId() + '\n' + id.get();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
