package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  @Test
  void readsAndWritesWhatTheReferenceServerSays() {
    String text = "-gBHzL_JAkVq4sm-hCo1:60:60:websocket,htmlfile,xhr-polling,jsonp-polling";
    Handshake handshake = Handshake.parse(text);
    assertEquals(
        new Handshake(
            "-gBHzL_JAkVq4sm-hCo1",
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            List.of("websocket", "htmlfile", "xhr-polling", "jsonp-polling")),
        handshake);
    assertEquals(text, handshake.format());
  }

  @ParameterizedTest
  @CsvSource({
    "s:25:60:websocket, 25, 60, 25",
    "s:60:25:websocket, 60, 25, 25",
    "s:::websocket, 60, 60, 60",
    "s:0:0:websocket, 60, 60, 60",
    "s:-5:x:websocket, 60, 60, 60",
    "s: 15 :86400:websocket, 15, 86400, 15",
    "s:86401:99999999999999999999:websocket, 60, 60, 60"
  })
  void readsTimeoutsLeniently(String text, int heartbeat, int close, int silence) {
    Handshake handshake = Handshake.parse(text);
    assertEquals(Duration.ofSeconds(heartbeat), handshake.heartbeatTimeout());
    assertEquals(Duration.ofSeconds(close), handshake.closeTimeout());
    assertEquals(Duration.ofSeconds(silence), handshake.silenceLimit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s:60:60:websocket | true",
        "s:60:60:websocket,x | true",
        "s:60:60:xhr-polling, websocket ,| true",
        "s:60:60:xhr-polling | false",
        "s:60:60:websockets | false"
      })
  void knowsWhetherWebSocketIsOffered(String text, boolean offered) {
    assertEquals(offered, Handshake.parse(text).offersWebSocket());
    assertEquals(offered, Handshake.parse(" " + text + "\r\n").offersWebSocket());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "handshake unauthorized",
        "s:60:60",
        ":60:60:websocket",
        "s:60:60:",
        "s:60:60: , ",
        "{\"error\":\"x\"}"
      })
  void refusesWhatIsNoHandshake(String text) {
    assertThrows(MalformedFrameException.class, () -> Handshake.parse(text));
  }

  @Test
  void saysNothingOfTheSessionIdInToString() {
    assertFalse(Handshake.parse("T0P:60:60:websocket").toString().contains("T0P"));
  }
}
