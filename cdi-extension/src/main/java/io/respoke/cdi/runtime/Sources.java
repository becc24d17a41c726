package io.respoke.cdi.runtime;

import io.respoke.event.CallEvent;
import io.respoke.event.DirectConnectionEvent;
import io.respoke.event.GroupJoined;
import io.respoke.event.GroupLeft;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MemberJoined;
import io.respoke.event.MemberLeft;
import io.respoke.event.MessageReceived;
import io.respoke.event.PresenceChanged;
import io.respoke.event.RespokeEvent;

/** What an event comes from; events of one source stay in order. */
final class Sources {
  private Sources() {}

  static Object of(RespokeEvent event) {
    if (event instanceof MessageReceived e) {
      // An own copy belongs to the conversation with the one it was sent to.
      return e.message().endpoint().orElseGet(e.message()::sender);
    } else if (event instanceof PresenceChanged e) {
      return e.endpoint();
    } else if (event instanceof GroupMessageReceived e) {
      return e.group();
    } else if (event instanceof GroupJoined e) {
      return e.group();
    } else if (event instanceof GroupLeft e) {
      return e.group();
    } else if (event instanceof MemberJoined e) {
      return e.group();
    } else if (event instanceof MemberLeft e) {
      return e.group();
    } else if (event instanceof CallEvent e) {
      return e.call();
    } else if (event instanceof DirectConnectionEvent e) {
      return e.directConnection();
    }
    return event.client();
  }
}
