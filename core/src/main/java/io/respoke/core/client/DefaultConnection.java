package io.respoke.core.client;

import io.respoke.Connection;
import io.respoke.Endpoint;
import io.respoke.MessageOptions;
import io.respoke.Presence;
import io.respoke.core.json.JsonBinding;
import java.util.concurrent.CompletionStage;

/** A remote connection. */
final class DefaultConnection implements Connection {
  private final DefaultEndpoint endpoint;
  private final String id;
  private volatile DefaultPresence presence;

  DefaultConnection(ClientContext context, DefaultEndpoint endpoint, String id) {
    this.endpoint = endpoint;
    this.id = id;
    presence = new DefaultPresence(context.binding(), PresenceOrder.UNAVAILABLE, null, null);
  }

  DefaultEndpoint owner() {
    return endpoint;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public DefaultPresence presence() {
    return presence;
  }

  boolean isUnavailable() {
    return JsonBinding.text(presence.json()).equalsIgnoreCase(Presence.UNAVAILABLE);
  }

  void announce(DefaultPresence presence) {
    this.presence = presence;
  }

  @Override
  public CompletionStage<Void> sendMessage(Object message) {
    return sendMessage(message, MessageOptions.defaults());
  }

  @Override
  public CompletionStage<Void> sendMessage(Object message, MessageOptions options) {
    return endpoint.send(id, message, options, false);
  }

  @Override
  public String toString() {
    return "Connection[" + id + " of " + endpoint.id() + "]";
  }
}
