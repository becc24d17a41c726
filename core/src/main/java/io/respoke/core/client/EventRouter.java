package io.respoke.core.client;

import io.respoke.event.MessageReceived;
import io.respoke.event.UnknownEvent;
import io.respoke.protocol.EventHeader;
import io.respoke.protocol.ServerEvent;
import io.respoke.spi.Telemetry;

/** Brings what the service pushes to where it belongs. On the serial context. */
final class EventRouter {
  private final ClientContext context;
  private final Telemetry telemetry;
  private final Memberships memberships;
  private final PresenceObserving presence;

  EventRouter(
      ClientContext context,
      Telemetry telemetry,
      Memberships memberships,
      PresenceObserving presence) {
    this.context = context;
    this.telemetry = telemetry;
    this.memberships = memberships;
    this.presence = presence;
  }

  void route(ServerEvent event) {
    if (event instanceof ServerEvent.Message e) {
      context.serviceTime().observed(e.header().timestamp());
      telemetry.messageReceived(false);
      message(e);
    } else if (event instanceof ServerEvent.Pubsub e) {
      context.serviceTime().observed(e.header().timestamp());
      telemetry.messageReceived(true);
      context.groups().get(e.channel()).published(e);
    } else if (event instanceof ServerEvent.Presence e) {
      context.serviceTime().observed(e.header().timestamp());
      presence.changed(e);
    } else if (event instanceof ServerEvent.Join e) {
      context.serviceTime().observed(e.header().timestamp());
      memberships.joined(e);
    } else if (event instanceof ServerEvent.Leave e) {
      memberships.left(e);
    } else if (event instanceof ServerEvent.Signal e) {
      context.calls().received(e);
    } else if (event instanceof ServerEvent.Unknown e) {
      context.events().fire(new UnknownEvent(context.client(), e.name(), e.args(), e.problem()));
    }
  }

  private void message(ServerEvent.Message event) {
    EventHeader header = event.header();
    // An own copy belongs to the conversation with the one it was sent to.
    String other = header.toOriginal() == null ? header.from() : header.toOriginal();
    DefaultEndpoint endpoint = context.endpoints().get(other == null ? "" : other);
    if (context.events().isWanted(endpoint.source(), MessageReceived.class)) {
      context
          .events()
          .fire(
              endpoint.source(),
              new MessageReceived(
                  context.client(), context.message(header, event.body(), endpoint, null, false)));
    }
  }
}
