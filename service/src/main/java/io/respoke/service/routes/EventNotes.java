package io.respoke.service.routes;

import io.respoke.service.state.PushDesk;
import io.respoke.service.state.PushJournal;
import io.respoke.service.state.WebhookAnswer;
import io.respoke.service.state.WebhookDelivery;
import io.respoke.service.state.WebhookJournal;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes down what becomes of events; nobody waits for it, and what fails is logged. */
public final class EventNotes {
  private static final System.Logger LOG = System.getLogger(EventNotes.class.getName());

  private final Storage storage;
  private final AtomicBoolean failing = new AtomicBoolean();

  EventNotes(Storage storage) {
    this.storage = storage;
  }

  /** What becomes of the events of one app on their way to its webhook. */
  public WebhookJournal webhook(String appId) {
    return new WebhookJournal() {
      @Override
      public void queued(WebhookDelivery delivery) {
        note(List.of(queuedIn(appId, delivery)), "an event for a webhook would be lost");
      }

      @Override
      public void replayed(WebhookDelivery delivery) {
        note(
            List.of(new Change.EventSettled(appId, delivery.id()), queuedIn(appId, delivery)),
            "an event for a webhook would not be sent again");
      }

      @Override
      public void finished(WebhookDelivery delivery, List<WebhookDelivery> forgotten) {
        List<Change> changes = new ArrayList<>(1 + forgotten.size());
        changes.add(finishedIn(appId, delivery));
        forgotten.forEach(old -> changes.add(new Change.EventSettled(appId, old.id())));
        note(changes, "an event for a webhook may be sent again after a restart");
      }

      @Override
      public void forgotten(List<WebhookDelivery> deliveries) {
        note(
            deliveries.stream()
                .<Change>map(old -> new Change.EventSettled(appId, old.id()))
                .toList(),
            "events for a webhook stay in storage until the next start");
      }
    };
  }

  /** What the server of one app was asked about push notifications. */
  public PushJournal push(String appId) {
    return new PushJournal() {
      @Override
      public void asked(String id, PushDesk.Asked about) {
        note(
            List.of(
                new Change.PushAsked(
                    appId, id, about.endpointId(), about.config().toJson(), about.expiresAt())),
            "the answer to a push event would mean nothing after a restart");
      }

      @Override
      public void unanswered(List<String> ids) {
        note(
            ids.stream().<Change>map(id -> new Change.PushSettled(appId, id)).toList(),
            "push events would be given up once more after a restart");
      }
    };
  }

  private static Change queuedIn(String appId, WebhookDelivery delivery) {
    return new Change.EventQueued(
        appId,
        delivery.id(),
        delivery.type(),
        delivery.key(),
        delivery.body(),
        delivery.createdAt());
  }

  private static Change finishedIn(String appId, WebhookDelivery delivery) {
    WebhookAnswer answer = delivery.answer();
    return new Change.EventFinished(
        appId,
        delivery.id(),
        delivery.status() == WebhookDelivery.Status.DELIVERED,
        delivery.attempts(),
        delivery.lastAttemptAt(),
        answer == null ? 0 : answer.status(),
        answer == null ? 0 : answer.millis(),
        delivery.problem());
  }

  private void note(List<Change> changes, String consequence) {
    var unused =
        storage
            .store(changes)
            .whenComplete(
                (stored, failure) -> {
                  boolean news = failing.getAndSet(failure != null) != (failure != null);
                  if (failure != null && news) {
                    LOG.log(System.Logger.Level.WARNING, consequence, failure);
                  }
                });
  }
}
