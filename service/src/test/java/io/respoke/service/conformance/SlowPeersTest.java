package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.RawClient;
import io.respoke.service.ServiceOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Those who hold connections and do not use them. */
class SlowPeersTest extends Conformance {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration KEPT = Duration.ofSeconds(75);
  private static final String WHOLE = "GET /v1/turn HTTP/1.1\r\nHost: a\r\n\r\n";

  @Override
  ServiceOptions.Builder startOptions() {
    return options().requestTimeout(PATIENCE);
  }

  private Socket said(String text) throws IOException {
    Socket socket = closing(new Socket("127.0.0.1", service.port()));
    socket.setSoTimeout(5_000);
    say(socket, text);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /** All that comes until the other side closes. */
  private static String rest(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException reset) {
      return "";
    }
  }

  /** One answer with a body. */
  private static void answered(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertTrue(next >= 0, () -> "closed after " + head);
      head.append((char) next);
    }
    int length =
        Integer.parseInt(head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1"));
    assertEquals(length, in.readNBytes(length).length);
  }

  /**
   * Connections are taken in order: with a later one answered, those before are known, and with
   * another one, what they have sent is read.
   */
  private void advance(Duration time) throws IOException {
    for (int i = 0; i < 2; i++) {
      answered(said(WHOLE));
    }
    clock.advance(time);
  }

  @Test
  void aRequestThatDoesNotArriveIsClosed() throws IOException {
    List<Socket> slow = new ArrayList<>();
    for (String beginning :
        List.of(
            "",
            "GET /v1/tu",
            "GET /v1/turn HTTP/1.1\r\nX-Slow: ",
            "POST /v1/tokens HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{\"a",
            "POST /v1/tokens HTTP/1.1\r\nUpgrade: x\r\nHost: a\r\nContent-Length: 9\r\n\r\n{",
            "GET /socket.io/1/websocket/x HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nContent-Length: 9\r\n\r\n{")) {
      slow.add(said(beginning));
    }

    advance(PATIENCE);

    for (Socket socket : slow) {
      assertEquals("", rest(socket));
    }
  }

  @Test
  void aTrickleDoesNotHelp() throws IOException {
    Socket socket = said("GET /v1/turn HTTP/1.1\r\n");
    advance(PATIENCE.minusMillis(1));
    say(socket, "X-Slow: 1\r\n");
    advance(Duration.ofMillis(1));

    assertEquals("", rest(socket));
  }

  @Test
  void aConnectionIsKeptForAnotherRequestForAWhile() throws IOException {
    Socket socket = said(WHOLE);
    answered(socket);
    advance(KEPT.minusMillis(1));
    say(socket, WHOLE);
    answered(socket);

    advance(KEPT);

    assertEquals("", rest(socket));
  }

  @Test
  void socketsThatBeatAreLeftAlone() {
    RawClient alice = browser("alice");
    for (int i = 0; i < 20; i++) {
      alice.send("2::");
      assertEquals(200, alice.request("get", "/v1/turn", null).status());
      clock.advance(Duration.ofSeconds(10));
    }

    assertEquals(200, alice.request("get", "/v1/turn", null).status());
  }

  @Test
  void aWebSocketIsLeftAloneAlsoWhenItsBodyTookTime() throws IOException {
    RawSocket alice = raw();
    alice.beginUpgrade("/socket.io/1/websocket/" + sid(MODERN + "app-token=" + session("alice")));
    advance(PATIENCE.minusMillis(1));
    alice.say("}");
    assertEquals(101, alice.answer().status());
    assertEquals("1::", alice.text());

    for (int i = 1; i <= 20; i++) {
      alice.send("2::");
      alice.send("5:" + i + "+::{\"name\":\"get\",\"args\":[{\"url\":\"/v1/turn\"}]}");
      String answer = alice.text();
      while (answer.equals("2::")) {
        answer = alice.text();
      }
      assertTrue(answer.startsWith("6:::" + i + "+"), answer);
      clock.advance(Duration.ofSeconds(10));
    }
  }

  @Test
  void anAddressHoldsSoManyConnections() throws IOException {
    restart(options().maxConnectionsPerAddress(3));
    Socket first = said(WHOLE);
    answered(first);
    answered(said(WHOLE));
    answered(said(WHOLE));

    assertEquals("", rest(said("")));

    first.close();
    Socket next = said(WHOLE);
    for (int i = 0; i < 100 && next.getInputStream().read() < 0; i++) {
      next = said(WHOLE); // the service learns of the end of the first a little later
    }
    answered(next);
  }
}
