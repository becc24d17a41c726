package io.respoke.event;

import io.respoke.Message;

/** A message has come, private or in a group. */
public sealed interface MessageEvent extends RespokeEvent
    permits MessageReceived, GroupMessageReceived {
  /** The message. */
  Message message();
}
