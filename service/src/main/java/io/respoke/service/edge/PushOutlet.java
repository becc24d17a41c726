package io.respoke.service.edge;

import io.respoke.service.state.PushDesk;
import java.io.IOException;

/** Takes push notifications out of the service. Called on threads of its own; may block. */
@FunctionalInterface
public interface PushOutlet {
  /** Sends one. */
  void send(String appId, PushDesk.Note note) throws IOException, InterruptedException;
}
