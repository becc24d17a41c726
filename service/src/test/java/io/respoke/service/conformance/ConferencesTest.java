package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.protocol.Json;
import io.respoke.service.RawClient;
import io.respoke.service.ServiceOptions;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Conferences (protocol-calls §5), hosted by an endpoint. */
class ConferencesTest extends Calls {
  private static final String HOST = "/v1/conferences/room/host";
  private static final String PARTICIPANTS = "/v1/conferences/room/participants/";

  @Override
  ServiceOptions.Builder startOptions() {
    return ServiceOptions.builder()
        .app(
            app()
                .role("listener", Json.parseObject("{\"conferences\":{\"*\":{\"join\":true}}}"))
                .build())
        .noRateLimit()
        .clock(clock);
  }

  /** A host with one participant. */
  private RawClient conference(RawClient participant, String endpointId) {
    RawClient mixer = browser("mixer");
    ok(mixer, "post", HOST, null);
    taken(typed(participant, "room", "conference", "offer", described("offer")));
    got(mixer, "offer");
    taken(signal(mixer, endpointId, participant, "answer", described("answer")));
    got(participant, "answer");
    return mixer;
  }

  private static JsonArray participants(RawClient client) {
    return ok(client, "get", PARTICIPANTS, null).asJsonArray();
  }

  @Test
  @DisplayName("The host gets the calls to its conference, and who it answers takes part")
  void hostsAConference() {
    RawClient mixer = browser("mixer");
    RawClient other = browser("mixer");
    RawClient alice = browser("alice");
    assertEquals("room", ok(mixer, "post", HOST, null).asJsonObject().getString("id"));
    ok(mixer, "post", HOST, null);
    taken(typed(alice, "room", "conference", "offer", described("offer")));
    JsonObject offer = header(got(mixer, "offer"));
    assertEquals("room", offer.getString("to"));
    assertEquals("conference", offer.getString("toType"));
    assertEquals("alice", offer.getString("from"));
    assertEquals("web", offer.getString("fromType"));
    assertEquals(0, participants(alice).size());
    taken(signal(mixer, "alice", alice, "answer", described("answer")));
    JsonObject answer = header(got(alice, "answer"));
    assertEquals("room", answer.getString("from"));
    assertEquals("conference", answer.getString("fromType"));
    assertEquals(mixer.connectionId(), answer.getString("fromConnection"));
    taken(typed(alice, "room", "conference", "connected", ""));
    got(mixer, "connected");
    taken(typed(alice, "room", "conference", "iceCandidates", ",\"iceCandidates\":[]"));
    got(mixer, "iceCandidates");
    JsonObject one = participants(alice).getJsonObject(0);
    assertEquals("alice", one.getString("endpointId"));
    assertEquals(alice.connectionId(), one.getString("connectionId"));
    taken(typed(alice, "room", "conference", "bye", ""));
    got(mixer, "bye");
    assertEquals(0, participants(alice).size());
    silent(mixer, other, alice);
  }

  @Test
  @DisplayName("A conference without a host cannot be called")
  void needsAHost() {
    RawClient alice = browser("alice");
    refused(404, typed(alice, "room", "conference", "offer", described("offer")));
  }

  @Test
  @DisplayName("A conference has one host; another one waits until it leaves")
  void hasOneHost() {
    RawClient alice = browser("alice");
    RawClient mixer = conference(alice, "alice");
    RawClient other = browser("other");
    refused(409, other.request("post", HOST, null));
    refused(409, other.request("delete", HOST, null));
    ok(mixer, "delete", HOST, null);
    assertEquals("conference ended", gotBody(alice, "bye").getString("reason"));
    ok(other, "post", HOST, null);
    silent(alice, mixer, other);
  }

  @Test
  @DisplayName("When the host goes, all participants get a bye")
  void endsWithItsHost() {
    RawClient alice = browser("alice");
    RawClient unused = conference(alice, "alice");
    service.hooks().dropConnections("mixer");
    clock.advance(Duration.ofSeconds(1));
    assertEquals("connection lost", gotBody(alice, "bye").getString("reason"));
    assertEquals(0, participants(alice).size());
    ok(browser("other"), "post", HOST, null);
  }

  @Test
  @DisplayName("A participant is removed by endpoint, or by one of its connections")
  void removesParticipants() {
    RawClient alice = browser("alice");
    RawClient bob = browser("bob");
    RawClient mixer = conference(alice, "alice");
    refused(404, bob.request("delete", PARTICIPANTS + "bob", null));
    refused(
        404, bob.request("delete", PARTICIPANTS + "alice", json("{\"connectionId\":\"OTHER\"}")));
    ok(
        bob,
        "delete",
        PARTICIPANTS + "alice",
        "{\"connectionId\":\"" + alice.connectionId() + "\"}");
    assertEquals("removed", gotBody(alice, "bye").getString("reason"));
    assertEquals("removed", gotBody(mixer, "bye").getString("reason"));
    assertEquals(0, participants(bob).size());
  }

  @Test
  @DisplayName("Destroying a conference ends it for all")
  void destroysConferences() {
    RawClient alice = browser("alice");
    RawClient mixer = conference(alice, "alice");
    ok(mixer, "delete", "/v1/conferences/room/", null);
    got(alice, "bye");
    got(mixer, "bye");
    refused(404, browser("bob").request("delete", "/v1/conferences/room/", null));
  }

  @Test
  @DisplayName("A role decides who calls, hosts, removes and destroys; the host may do all")
  void rolesDecide() {
    RawClient listener = withRole("listener", "listener");
    RawClient guest = withRole("guest", "guest");
    RawClient mixer = conference(listener, "listener");
    refused(403, typed(guest, "room", "conference", "offer", described("offer")));
    refused(403, listener.request("post", "/v1/conferences/other/host", null));
    refused(403, listener.request("delete", PARTICIPANTS + "listener", null));
    refused(403, listener.request("delete", "/v1/conferences/room/", null));
    ok(mixer, "delete", PARTICIPANTS + "listener", null);
    got(listener, "bye");
  }
}
