package io.respoke.service.state;

import java.util.List;

/**
 * Where a push desk writes down what its app's server was asked about, so that an answer means
 * something after a restart. Called on the event loop; must not block.
 */
public interface PushJournal {
  /** Keeps nothing: what was asked is lost with the process. */
  PushJournal NONE =
      new PushJournal() {
        @Override
        public void asked(String id, PushDesk.Asked about) {}

        @Override
        public void unanswered(List<String> ids) {}
      };

  /** The app's server is asked. */
  void asked(String id, PushDesk.Asked about);

  /** These are not waited for any more. */
  void unanswered(List<String> ids);
}
