package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ClientOptions;
import io.respoke.DisconnectReason;
import io.respoke.OverflowException;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.MessageReceived;
import io.respoke.event.UnknownEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that is no frame, too large, or in pieces. */
class FramesTest {
  private static final int LIMIT = 100_000;

  @RegisterExtension final Aftermath after = new Aftermath();

  private final LyingServer server = LyingServer.start();

  private Guest connected() {
    return connected(Options.of(server).maxMessageSize(LIMIT));
  }

  private Guest connected(ClientOptions.Builder options) {
    after.closing(server);
    Guest joe = after.guest(options);
    Await.value(joe.client.connect());
    return joe;
  }

  private static void goesOn(Guest joe) {
    Await.value(joe.client.request("get", "/v1/after", null));
  }

  private static String message(String text) {
    return "5:::{\"name\":\"message\",\"args\":[{\"header\":{\"type\":\"message\",\"from\":\"eve\","
        + "\"fromConnection\":\"c\"},\"message\":\""
        + text
        + "\"}]}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "garbage",
        "9:::",
        "-1:::",
        "5",
        "5:",
        "5::",
        "5:::",
        "5:::{",
        "5:::[]",
        "5:::null",
        "5:::{\"args\":[]}",
        "5:::{\"name\":7}",
        "6:::",
        "6:::x+[{}]",
        "6:::1+{",
        "\u0000\uffff",
        "<html><body>Bad Gateway</body></html>"
      })
  void garbage_is_one_error_event_and_the_connection_goes_on(String garbage) {
    Guest joe = connected();

    server.next().send(garbage);

    ErrorOccurred error = joe.next(ErrorOccurred.class);
    assertEquals(ErrorOccurred.Origin.PROTOCOL, error.origin());
    goesOn(joe);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "message|null",
        "message|{}",
        "message|{\"header\":7}",
        "pubsub|[]",
        "join|{\"header\":{}}",
        "presence|{\"header\":{\"from\":\"eve\"}}",
        "signal|{\"signal\":\"{\"}",
        "nothing known|{\"a\":1}"
      })
  void an_event_with_the_wrong_content_is_told_and_the_connection_goes_on(String event) {
    Guest joe = connected();
    joe.ignoring(UnknownEvent.class, ErrorOccurred.class);
    String[] words = event.split("\\|");

    server.next().send("5:::{\"name\":\"" + words[0] + "\",\"args\":[" + words[1] + "]}");

    Await.until(
        () -> joe.soFar(UnknownEvent.class).size() + joe.soFar(ErrorOccurred.class).size() == 1,
        () -> "nothing was told");
    goesOn(joe);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 65_000})
  void a_message_in_many_frames_is_one_message(int bytes) {
    Guest joe = connected();
    String text = "ä€😀".repeat(2000); // characters of two, three and four bytes

    server.next().sendInFrames(message(text), bytes);

    assertEquals(text, joe.next(MessageReceived.class).message().text());
    goesOn(joe);
  }

  @Test
  void a_message_of_the_size_of_the_limit_is_taken() {
    Guest joe = connected();
    String text = "x".repeat(LIMIT - message("").length());

    server.next().send(message(text));

    assertEquals(text, joe.next(MessageReceived.class).message().text());
    goesOn(joe);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 10_000})
  void a_message_over_the_limit_drops_the_connection(int bytesInOneFrame) {
    Guest joe = connected();
    LyingSocket socket = server.next();

    try {
      socket.sendInFrames(message("x".repeat(LIMIT)), bytesInOneFrame);
    } catch (java.io.UncheckedIOException e) {
      // The client has hung up before the last frame.
    }

    Disconnected lost = joe.next(Disconnected.class);
    assertEquals(DisconnectReason.PROTOCOL_ERROR, lost.reason());
    assertTrue(lost.cause().orElseThrow().getMessage().contains(String.valueOf(LIMIT)));
    Await.value(socket.ended());
  }

  @Test
  void text_that_is_no_utf8_drops_the_connection() {
    Guest joe = connected();
    LyingSocket socket = server.next();

    socket.sendFrame(0x80 | LyingSocket.TEXT, new byte[] {(byte) 0xc3, 0x28});

    assertEquals(DisconnectReason.PROTOCOL_ERROR, joe.next(Disconnected.class).reason());
    Await.value(socket.ended());
  }

  @Test
  void what_is_too_large_in_utf8_is_refused_unsent_and_what_fits_is_sent() {
    Guest joe = connected();
    server.log().clear();
    String fits = "€".repeat(6_500); // 19 500 bytes
    String large = "€".repeat(6_700); // 20 100 bytes, though fewer characters than the limit

    OverflowException refused =
        Await.failure(OverflowException.class, joe.client.sendMessage("eve", large));
    Await.value(joe.client.sendMessage("eve", fits));

    assertTrue(large.getBytes(StandardCharsets.UTF_8).length > refused.limit());
    assertEquals(20_000, refused.limit());
    assertEquals(1, server.log().size(), () -> "sent: " + server.log().size());
  }
}
