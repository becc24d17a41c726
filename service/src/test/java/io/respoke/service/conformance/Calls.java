package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.protocol.Json;
import io.respoke.service.RawClient;
import jakarta.json.JsonObject;
import java.util.List;

/** What the tests of calls share: signals as the real clients write them. */
abstract class Calls extends Conformance {
  static final String SESSION = "6FF4FDA5-843A-4BB1-91DE-042148474C14";

  static final String SDP =
      "v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\n"
          + "m=audio 9 UDP/TLS/RTP/SAVPF 111 0\\r\\nc=IN IP4 0.0.0.0\\r\\n"
          + "a=ice-ufrag:u\\r\\na=ice-pwd:p\\r\\na=fingerprint:sha-256 AA\\r\\n"
          + "a=setup:actpass\\r\\na=mid:a0\\r\\na=rtpmap:111 opus/48000/2\\r\\n"
          + "a=rtpmap:0 PCMU/8000\\r\\n"
          + "m=video 9 UDP/TLS/RTP/SAVPF 96\\r\\nc=IN IP4 0.0.0.0\\r\\na=mid:v1\\r\\n"
          + "a=rtpmap:96 VP8/90000\\r\\n";

  /** A signal of {@link #SESSION}; {@code more} are members that begin with a comma. */
  static String body(String type, String more) {
    return "{\"signalType\":\""
        + type
        + "\",\"sessionId\":\""
        + SESSION
        + "\",\"target\":\"call\",\"signalId\":\"I\""
        + more
        + ",\"version\":\"1.0\"}";
  }

  static String described(String type) {
    return ",\"sessionDescription\":{\"sdp\":\"" + SDP + "\",\"type\":\"" + type + "\"}";
  }

  static String candidate(String text) {
    return "{\"candidate\":\"candidate:" + text + "\",\"sdpMid\":\"a0\",\"sdpMLineIndex\":0}";
  }

  /** Sends a signal; {@code to} may go on with more members of the request. */
  static RawClient.Ack signal(RawClient from, String to, String type, String more) {
    return from.request(
        "post",
        "/v1/signaling",
        Json.object(json("{\"to\":\"" + to + "\"}")).add("signal", body(type, more)).build());
  }

  /** As {@link #signal(RawClient, String, String, String)}, to one connection. */
  static RawClient.Ack signal(
      RawClient from, String to, RawClient toConnection, String type, String more) {
    return from.request(
        "post",
        "/v1/signaling",
        Json.object()
            .add("to", to)
            .add("toConnection", toConnection.connectionId())
            .add("ccSelf", type.equals("bye"))
            .add("signal", body(type, more))
            .build());
  }

  /** As {@link #signal(RawClient, String, String, String)}, with a type of address. */
  static RawClient.Ack typed(RawClient from, String to, String toType, String type, String more) {
    return from.request(
        "post",
        "/v1/signaling",
        Json.object().add("to", to).add("toType", toType).add("signal", body(type, more)).build());
  }

  static void taken(RawClient.Ack ack) {
    assertEquals("Success", ack.object().getString("message", null), ack::toString);
  }

  /** The next signal of a client, which must be of a type. */
  static JsonObject got(RawClient client, String type) {
    JsonObject event = client.event("signal");
    assertEquals(type, event.getJsonObject("body").getString("signalType"), event::toString);
    return event;
  }

  static JsonObject gotBody(RawClient client, String type) {
    return got(client, type).getJsonObject("body");
  }

  static void silent(RawClient... clients) {
    for (RawClient client : clients) {
      assertEquals(List.of(), client.leftovers());
    }
  }

  /** A call of the first client that the second one has answered. */
  static void call(RawClient caller, String from, String to, RawClient callee) {
    taken(signal(caller, to, "offer", described("offer")));
    got(callee, "offer");
    taken(signal(callee, from, caller, "answer", described("answer")));
    got(caller, "answer");
  }
}
