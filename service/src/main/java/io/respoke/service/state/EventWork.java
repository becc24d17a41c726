package io.respoke.service.state;

/** What has to be done about the events of apps. Called on the event loop; must not block. */
public interface EventWork {
  /** Does nothing. */
  EventWork NONE =
      new EventWork() {
        @Override
        public void due(AppSpace space) {}

        @Override
        public void queued(AppSpace space, WebhookDelivery delivery) {}

        @Override
        public void settled(AppSpace space, WebhookDelivery delivery) {}

        @Override
        public void push(AppSpace space, PushDesk.Note note) {}
      };

  /** An app may have events to send. */
  void due(AppSpace space);

  /** An event has to be kept until it is settled. */
  void queued(AppSpace space, WebhookDelivery delivery);

  /** It was delivered or given up. */
  void settled(AppSpace space, WebhookDelivery delivery);

  /** A push notification has to be sent. */
  void push(AppSpace space, PushDesk.Note note);
}
