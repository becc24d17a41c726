package io.respoke.service.state;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is told what happens in one app: its webhook, and the connections that subscribed. */
public final class AppEvents {
  /** All types, in the order in which they are shown. */
  public static final List<String> TYPES =
      List.of(
          "endpointConnected",
          "endpointDisconnected",
          "groupJoined",
          "groupLeft",
          "message",
          "callStarted",
          "callAnswered",
          "callEnded",
          "pushEvent");

  /** The type of an event that somebody asked for; always sent. */
  public static final String TEST = "webhookTest";

  private static final int SUBSCRIBERS = 1_000;

  private final WebhookOutbox outbox =
      new WebhookOutbox(WebhookPolicy.DEFAULT, WebhookJournal.NONE);
  private final Set<Connection> subscribers = new LinkedHashSet<>();
  private Runnable queued = () -> {};
  private Runnable dropped = () -> {};
  private @Nullable WebhookConfig webhook;

  /**
   * Connects it to the world.
   *
   * @param due called when the outbox may have something to do
   * @param lost called when an event did not fit into the outbox
   * @param kept where events are kept, and how they ended
   */
  void attach(Runnable due, Runnable lost, WebhookJournal kept) {
    queued = due;
    dropped = lost;
    outbox.journal(kept);
  }

  /** Where events go, or {@code null} for nowhere. */
  public @Nullable WebhookConfig webhook() {
    return webhook;
  }

  /** Sends events somewhere, or no longer. What waits goes to the new place at once. */
  public void webhook(@Nullable WebhookConfig config) {
    webhook = config;
    if (config == null) {
      outbox.abandon("the webhook was removed");
    } else {
      outbox.hurry();
      queued.run();
    }
  }

  /** What is on its way. */
  public WebhookOutbox outbox() {
    return outbox;
  }

  /** Sends a delivered or dead event once more. */
  public boolean replay(String id, long now) {
    boolean replayed = webhook != null && outbox.replay(id, now);
    if (replayed) {
      queued.run();
    }
    return replayed;
  }

  /** Whether the webhook wants a type. */
  public boolean selects(String type) {
    return webhook != null && (webhook.types().contains(type) || type.equals(TEST));
  }

  /** Whether anybody wants a type. */
  public boolean wants(String type) {
    return !subscribers.isEmpty() || selects(type);
  }

  /** Queues an event for the webhook. */
  public boolean queue(String id, String type, String key, String body, long now) {
    boolean taken = outbox.add(id, type, key, body, now);
    if (!taken) {
      dropped.run();
    }
    queued.run();
    return taken;
  }

  /** A connection gets all events from now on; false when there are too many. */
  public boolean subscribe(Connection connection) {
    return subscribers.contains(connection)
        || (subscribers.size() < SUBSCRIBERS && subscribers.add(connection));
  }

  /** A connection gets no more events. */
  public void unsubscribe(Connection connection) {
    subscribers.remove(connection);
  }

  /** Who gets all events; a live view. */
  public Collection<Connection> subscribers() {
    return Collections.unmodifiableSet(subscribers);
  }
}
