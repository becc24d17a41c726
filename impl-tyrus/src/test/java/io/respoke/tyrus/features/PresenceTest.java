package io.respoke.tyrus.features;

import static io.respoke.tyrus.features.Stage.get;
import static io.respoke.tyrus.features.Stage.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.Presence;
import io.respoke.event.OwnPresenceChanged;
import io.respoke.event.PresenceChanged;
import io.respoke.event.Reconnected;
import io.respoke.protocol.Json;
import io.respoke.tyrus.features.Stage.Seen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M9 presence")
class PresenceTest {
  private final Stage stage = new Stage();
  private final Client watcher = stage.connected(stage.brokered("watcher"));
  private final Seen<PresenceChanged> changes = seen(watcher, PresenceChanged.class);

  @AfterEach
  void close() {
    stage.close();
  }

  /** An object of an application. */
  public record Mood(String word, int level) {}

  @Test
  void announcesAnyJsonWithStatusAndShow() {
    Client joe = stage.connected(stage.brokered("joe"));
    Seen<OwnPresenceChanged> own = seen(joe, OwnPresenceChanged.class);
    get(watcher.endpoint("joe").observePresence());

    get(joe.setPresence("away", "at lunch", true));
    PresenceChanged away = changes.next();
    assertEquals("away", away.presence().text());
    assertEquals(Json.string("at lunch"), away.presence().status().orElseThrow());
    assertEquals("true", away.presence().show().orElseThrow().toString());
    assertEquals("away", own.next().presence().text());

    get(joe.setPresence(new Mood("fine", 7)));
    assertEquals(new Mood("fine", 7), changes.next().presence().as(Mood.class));

    get(joe.setPresence(Json.number(3)));
    assertEquals("3", changes.next().presence().text());

    get(joe.setOffline());
    assertEquals(Presence.UNAVAILABLE, changes.next().presence().text());
    get(joe.setOnline());
    assertEquals(Presence.AVAILABLE, changes.next().presence().text());
  }

  @Test
  void tellsTheStateAtTheTimeOfObserving() {
    Seen<OwnPresenceChanged> own = new Seen<>();
    stage.connected(stage.brokered("joe").presence("dnd").on(OwnPresenceChanged.class, own::add));
    assertEquals("dnd", own.next().presence().text());
    assertEquals("unavailable", watcher.endpoint("joe").presence().text());

    Map<String, Presence> states = get(watcher.observePresence(List.of("joe", "nobody")));

    assertEquals("dnd", states.get("joe").text());
    assertEquals("unavailable", states.get("nobody").text());
    assertEquals("dnd", watcher.endpoint("joe").presence().text());
    assertEquals(1, watcher.endpoint("joe").connections().size());
  }

  @Test
  void resolvesTheConnectionsOfAnEndpoint() {
    get(watcher.endpoint("joe").observePresence());
    Client phone = stage.connected(stage.brokered("joe").presence("away"));
    assertEquals("away", changes.next().presence().text());
    Client desk = stage.connected(stage.brokered("joe").presence("available"));
    assertEquals("available", changes.next().presence().text());
    assertEquals(2, watcher.endpoint("joe").connections().size());

    get(desk.disconnect());
    PresenceChanged back = changes.next();
    assertEquals("away", back.presence().text());
    assertEquals("available", back.oldPresence().text());
    get(phone.disconnect());
    assertEquals("unavailable", changes.next().presence().text());
    assertTrue(watcher.endpoint("joe").connections().isEmpty());
  }

  @Test
  void observingTwiceIsOneRegistrationAndSurvivesADrop() {
    get(watcher.endpoint("joe").observePresence());
    get(watcher.endpoint("joe").observePresence());
    Seen<Reconnected> returns = seen(watcher, Reconnected.class);
    stage.service.hooks().dropConnections("watcher");
    returns.next();

    stage.connected(stage.brokered("joe").presence("chat"));
    assertEquals("chat", changes.next().presence().text());
    assertEquals(0, changes.left());
    assertEquals(List.of("joe"), watcher.inspect().observed());
  }
}
