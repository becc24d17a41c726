package io.respoke.examples.cdibot;

import io.respoke.Client;
import io.respoke.cdi.InGroup;
import io.respoke.event.Connected;
import io.respoke.event.MemberJoined;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** The whole bot: it sits in the lobby and greets whoever comes in. */
@ApplicationScoped
public class Lobby {
  static final String GROUP = "lobby";

  @Inject Client client;

  void connected(@Observes Connected event) {
    client.join(GROUP);
  }

  void cameIn(@Observes @InGroup(GROUP) MemberJoined event) {
    String guest = event.connection().endpoint().id();
    client.sendMessage(guest, "welcome to the lobby, " + guest);
  }
}
