package io.respoke.service.state;

/**
 * Where an outbox writes down what it must not lose, so that it can be filled again after a
 * restart. Called on the event loop; must not block.
 */
public interface WebhookJournal {
  /** Keeps nothing: what waits is lost with the process. */
  WebhookJournal NONE =
      new WebhookJournal() {
        @Override
        public void queued(WebhookDelivery delivery) {}

        @Override
        public void settled(WebhookDelivery delivery) {}
      };

  /** An event has to be sent, or sent once more. */
  void queued(WebhookDelivery delivery);

  /** It need not be sent any more: it was delivered or given up. */
  void settled(WebhookDelivery delivery);
}
