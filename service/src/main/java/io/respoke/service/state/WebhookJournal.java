package io.respoke.service.state;

import java.util.List;

/**
 * Where an outbox writes down what it must not lose, so that it can be filled again after a
 * restart. Called on the event loop; must not block.
 */
public interface WebhookJournal {
  /** Keeps nothing: what waits, and what became of the rest, is lost with the process. */
  WebhookJournal NONE =
      new WebhookJournal() {
        @Override
        public void queued(WebhookDelivery delivery) {}

        @Override
        public void replayed(WebhookDelivery delivery) {}

        @Override
        public void finished(WebhookDelivery delivery, List<WebhookDelivery> forgotten) {}

        @Override
        public void forgotten(List<WebhookDelivery> deliveries) {}
      };

  /** An event has to be sent. */
  void queued(WebhookDelivery delivery);

  /** A finished event has to be sent once more, after all that wait. */
  void replayed(WebhookDelivery delivery);

  /**
   * An event was delivered or given up.
   *
   * @param forgotten finished ones that made room for it
   */
  void finished(WebhookDelivery delivery, List<WebhookDelivery> forgotten);

  /** Finished events made room for others. */
  void forgotten(List<WebhookDelivery> deliveries);
}
