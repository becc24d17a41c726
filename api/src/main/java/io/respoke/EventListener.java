package io.respoke;

import io.respoke.event.RespokeEvent;
import java.util.function.Consumer;

/**
 * A listener given in the options.
 *
 * @param type the events it takes
 * @param listener the listener
 */
public record EventListener<E extends RespokeEvent>(Class<E> type, Consumer<? super E> listener) {
  /** Registers it with a call. */
  public Subscription register(Call call) {
    return call.listen(type, listener);
  }

  /** Registers it with a client. */
  public Subscription register(Client client) {
    return client.listen(type, listener);
  }
}
