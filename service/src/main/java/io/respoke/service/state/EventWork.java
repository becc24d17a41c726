package io.respoke.service.state;

/** What has to be done about the events of apps. Called on the event loop; must not block. */
public interface EventWork {
  /** Does nothing. */
  EventWork NONE =
      new EventWork() {
        @Override
        public void due(AppSpace space) {}

        @Override
        public void dropped(AppSpace space) {}

        @Override
        public WebhookJournal journal(AppSpace space) {
          return WebhookJournal.NONE;
        }

        @Override
        public PushJournal pushJournal(AppSpace space) {
          return PushJournal.NONE;
        }

        @Override
        public void push(AppSpace space, PushDesk.Note note) {}
      };

  /** An app may have events to send. */
  void due(AppSpace space);

  /** An event did not fit into an app's outbox. */
  void dropped(AppSpace space);

  /** Where the events of an app are kept. */
  WebhookJournal journal(AppSpace space);

  /** Where it is kept what an app's server was asked about push notifications. */
  PushJournal pushJournal(AppSpace space);

  /** A push notification has to be sent. */
  void push(AppSpace space, PushDesk.Note note);
}
