package io.respoke.service.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The events of one app on their way to its webhook: in order for each key, tried again after
 * failures, given up at last. Bounded; what does not fit is counted. Time and chance are arguments.
 */
public final class WebhookOutbox {
  /** The events of one key. Only the first one is ever sent. */
  private static final class Lane {
    final Deque<WebhookDelivery> queue = new ArrayDeque<>();
    long notBefore;
  }

  private final WebhookPolicy policy;
  private WebhookJournal journal;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Deque<Lane> ready = new ArrayDeque<>();
  private final PriorityQueue<Lane> waiting =
      new PriorityQueue<>((a, b) -> Long.compare(a.notBefore, b.notBefore));

  /** All that are remembered, oldest first; a replayed one counts as new. */
  private final Map<String, WebhookDelivery> all = new LinkedHashMap<>();

  /** The finished ones among them, in the order in which they ended. */
  private final Map<String, WebhookDelivery> finished = new LinkedHashMap<>();

  private long characters;
  private int pending;
  private int inFlight;
  private long dropped;

  /** An empty outbox. */
  public WebhookOutbox(WebhookPolicy policy, WebhookJournal journal) {
    this.policy = policy;
    this.journal = journal;
  }

  /** Writes down there from now on. */
  void journal(WebhookJournal value) {
    journal = value;
  }

  /** Takes an event; false, and counted, when there are too many. */
  public boolean add(String id, String type, String key, String body, long now) {
    List<WebhookDelivery> forgotten = new ArrayList<>(0);
    while (characters + body.length() > policy.characters() && !finished.isEmpty()) {
      forgotten.add(forgetOldest());
    }
    if (!forgotten.isEmpty()) {
      journal.forgotten(forgotten);
    }
    if (pending >= policy.pending() || characters + body.length() > policy.characters()) {
      dropped++;
      return false;
    }
    WebhookDelivery delivery = new WebhookDelivery(id, type, key, body, now);
    all.put(id, delivery);
    characters += body.length();
    journal.queued(delivery);
    enqueue(delivery);
    return true;
  }

  /** Takes an event that waited when the service ended, with all its attempts before it. */
  public void restore(String id, String type, String key, String body, long createdAt) {
    if (all.containsKey(id)) {
      return;
    }
    WebhookDelivery delivery = new WebhookDelivery(id, type, key, body, createdAt);
    all.put(id, delivery);
    characters += body.length();
    enqueue(delivery);
  }

  /**
   * Says how one of those that were restored had ended; gives what has to be forgotten to make
   * room.
   *
   * @param attempts how often it was tried
   * @param attemptedAt when its last attempt began, epoch milliseconds
   * @param problem why it was given up; {@code null} when it was delivered
   */
  public List<WebhookDelivery> restoreFinished(
      String id,
      WebhookDelivery.Status status,
      int attempts,
      long attemptedAt,
      WebhookAnswer answer,
      @Nullable String problem) {
    WebhookDelivery delivery = all.get(id);
    Lane lane = delivery == null ? null : lanes.get(delivery.key());
    if (delivery == null || lane == null || !lane.queue.remove(delivery)) {
      return List.of();
    }
    if (lane.queue.isEmpty()) {
      lanes.remove(delivery.key());
      ready.remove(lane);
    }
    delivery.attempts = attempts;
    delivery.lastAttemptAt = attemptedAt;
    delivery.answer = answer;
    delivery.problem = problem;
    return finish(delivery, status);
  }

  private void enqueue(WebhookDelivery delivery) {
    pending++;
    Lane lane = lanes.get(delivery.key());
    if (lane == null) {
      lane = new Lane();
      lanes.put(delivery.key(), lane);
      ready.add(lane);
    }
    lane.queue.add(delivery);
  }

  /** The next event to send now, from then on {@code SENDING}; {@code null} for none. */
  public @Nullable WebhookDelivery next(long now) {
    if (inFlight >= policy.inFlight()) {
      return null;
    }
    while (!waiting.isEmpty() && waiting.peek().notBefore <= now) {
      ready.add(waiting.remove());
    }
    Lane lane = ready.poll();
    if (lane == null) {
      return null;
    }
    WebhookDelivery delivery = lane.queue.element();
    delivery.status = WebhookDelivery.Status.SENDING;
    delivery.attempts++;
    delivery.attemptsNow++;
    delivery.lastAttemptAt = now;
    delivery.nextAttemptAt = 0;
    inFlight++;
    return delivery;
  }

  /**
   * An attempt has ended.
   *
   * @param attempt which one: what {@link WebhookDelivery#attempts} said when it began
   * @param random between 0 and 1, for the pause before the next attempt
   */
  public void answered(
      WebhookDelivery delivery, int attempt, WebhookAnswer answer, long now, double random) {
    inFlight--;
    if (delivery.status != WebhookDelivery.Status.SENDING || delivery.attempts != attempt) {
      return; // abandoned meanwhile
    }
    delivery.answer = answer;
    Lane lane = lanes.get(delivery.key());
    if (lane == null) {
      throw new IllegalStateException("no lane for " + delivery);
    }
    WebhookAnswer.Verdict verdict = answer.verdict();
    if (verdict == WebhookAnswer.Verdict.DELIVERED) {
      delivery.problem = null;
      lane.queue.remove();
      journal.finished(delivery, finish(delivery, WebhookDelivery.Status.DELIVERED));
      turn(lane, delivery.key());
      return;
    }
    delivery.problem = answer.problemText();
    boolean tiredOf =
        delivery.attemptsNow >= policy.attempts()
            || now - delivery.triedSince >= policy.giveUpMillis();
    if (verdict == WebhookAnswer.Verdict.REFUSED || tiredOf) {
      lane.queue.remove();
      journal.finished(delivery, finish(delivery, WebhookDelivery.Status.DEAD));
      turn(lane, delivery.key());
    } else {
      delivery.status = WebhookDelivery.Status.PENDING;
      lane.notBefore = now + policy.delay(delivery.attemptsNow, random);
      delivery.nextAttemptAt = lane.notBefore;
      waiting.add(lane);
    }
  }

  private void turn(Lane lane, String key) {
    if (lane.queue.isEmpty()) {
      lanes.remove(key);
    } else {
      ready.add(lane);
    }
  }

  /** Gives what was forgotten to make room. */
  private List<WebhookDelivery> finish(WebhookDelivery delivery, WebhookDelivery.Status status) {
    delivery.status = status;
    delivery.nextAttemptAt = 0;
    pending--;
    finished.put(delivery.id(), delivery);
    return finished.size() > policy.finished() ? List.of(forgetOldest()) : List.of();
  }

  private WebhookDelivery forgetOldest() {
    WebhookDelivery oldest = finished.values().iterator().next();
    finished.remove(oldest.id());
    all.remove(oldest.id());
    characters -= oldest.body().length();
    return oldest;
  }

  /**
   * Sends a finished event once more, after those of its key that wait; false when it is unknown,
   * not finished, or there are too many.
   */
  public boolean replay(String id, long now) {
    WebhookDelivery delivery = finished.get(id);
    if (delivery == null || pending >= policy.pending()) {
      return false;
    }
    finished.remove(id);
    all.remove(id);
    all.put(id, delivery);
    delivery.status = WebhookDelivery.Status.PENDING;
    delivery.attemptsNow = 0;
    delivery.triedSince = now;
    journal.replayed(delivery);
    enqueue(delivery);
    return true;
  }

  /**
   * Gives up all that wait, because there is nowhere to send them. They can be replayed. Where they
   * are kept they go with the webhook, without a word for each; those that had ended stay.
   */
  public void abandon(String why) {
    lanes.clear();
    ready.clear();
    waiting.clear();
    List<WebhookDelivery> forgotten = new ArrayList<>(0);
    for (WebhookDelivery delivery : new ArrayList<>(all.values())) {
      if (!delivery.finished()) {
        delivery.problem = why;
        forgotten.addAll(finish(delivery, WebhookDelivery.Status.DEAD));
      }
    }
    if (!forgotten.isEmpty()) {
      journal.forgotten(forgotten);
    }
  }

  /** Makes all waiting events due: what kept them back was mended. */
  public void hurry() {
    waiting.forEach(lane -> lane.queue.element().nextAttemptAt = 0);
    ready.addAll(waiting);
    waiting.clear();
  }

  /** A delivery, or {@code null} when it is not, or no longer, known. */
  public @Nullable WebhookDelivery find(String id) {
    return all.get(id);
  }

  /** All that are remembered, newest first, as a copy. */
  public List<WebhookDelivery> newest() {
    List<WebhookDelivery> list = new ArrayList<>(all.values());
    Collections.reverse(list);
    return list;
  }

  /** How many wait or are being sent. */
  public int pending() {
    return pending;
  }

  /** How many events did not fit. */
  public long dropped() {
    return dropped;
  }
}
