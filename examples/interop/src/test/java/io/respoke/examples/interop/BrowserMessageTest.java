package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Endpoint;
import io.respoke.Message;
import io.respoke.MessageOptions;
import io.respoke.event.MessageReceived;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.ClientEvent;
import io.respoke.examples.interop.driver.ClientFailure;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Private messages between respoke.js and the Java client. */
@Tag("browser")
class BrowserMessageTest {
  /** What a Java application might send. */
  public record Order(String item, int count) {}

  @RegisterExtension final Interop interop = new Interop();

  @Test
  void text_goes_both_ways_in_order_and_unchanged() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();
    List<String> texts =
        List.of(
            "plain",
            "quotes \" and \\ slashes",
            "räksmörgås 日本 🎈",
            "line\u2028break\nand {\"json\":1}");

    for (String text : texts) {
      alice.call("sendMessage", "endpointId", "bob", "message", text);
      JavaClient.get(bob.client().sendMessage("alice", text));
    }

    for (String text : texts) {
      Message received = bob.await(MessageReceived.class).message();
      assertEquals(text, received.text());
      assertEquals("alice", received.from());
      assertEquals(
          Optional.of(alice.ask("state").getString("connectionId")), received.connectionId());
      ClientEvent message = alice.await("message");
      assertEquals(text, message.text("message"));
      assertEquals("bob", message.text("from"));
      assertEquals(bob.client().connectionId().orElseThrow(), message.text("fromConnection"));
    }
  }

  @Test
  void objects_go_both_ways() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();
    JsonObject order = Json.object().add("item", "tea").add("count", 3).build();

    alice.call("sendMessage", "endpointId", "bob", "message", order);
    Message received = bob.await(MessageReceived.class).message();
    assertEquals(order, received.json());
    assertEquals(new Order("tea", 3), received.as(Order.class));

    JavaClient.get(bob.client().sendMessage("alice", new Order("tea", 3)));
    assertEquals(order, alice.await("message").data().getJsonObject("message"));
  }

  @Test
  void a_message_over_the_limit_is_refused_by_both_and_harms_nothing() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = interop.java("bob").connect();
    String huge = "x".repeat(20_001);

    ClientFailure refused =
        assertThrows(
            ClientFailure.class,
            () -> alice.call("sendMessage", "endpointId", "bob", "message", huge));
    assertTrue(refused.getMessage().contains("20000"), refused.getMessage());
    assertThrows(
        RuntimeException.class, () -> JavaClient.get(bob.client().sendMessage("alice", huge)));

    alice.call("sendMessage", "endpointId", "bob", "message", "small");
    assertEquals("small", bob.await(MessageReceived.class).message().text());
    assertEquals(List.of(), alice.rest("message"));
  }

  @Test
  void a_copy_of_what_one_tab_sends_reaches_the_other_tab_and_the_java_connection() {
    BrowserPage first = interop.connectedPage("first", "alice");
    BrowserPage second = interop.connectedPage("second", "alice");
    JavaClient third = interop.java("alice").connect();
    JavaClient bob = interop.java("bob").connect();

    first.call("sendMessage", "endpointId", "bob", "message", "hello bob");

    assertEquals("hello bob", bob.await(MessageReceived.class).message().text());
    ClientEvent copy = second.await("message");
    assertEquals("alice", copy.text("from"));
    assertEquals("bob", copy.text("originalRecipient"));
    Message own = third.await(MessageReceived.class).message();
    assertTrue(own.isOwnCopy());
    assertEquals(Optional.of("bob"), own.originalRecipient());
    assertEquals("bob", own.endpoint().orElseThrow().id());

    // A later message to all three shows that the sender got no copy before it.
    JavaClient.get(bob.client().sendMessage("alice", "hello all"));
    for (BrowserPage tab : List.of(first, second)) {
      ClientEvent message = tab.await("message");
      assertEquals("hello all", message.text("message"));
      assertFalse(message.data().containsKey("originalRecipient"));
    }
    assertFalse(third.await(MessageReceived.class).message().isOwnCopy());
    assertEquals(List.of(), bob.rest(MessageReceived.class));
  }

  @Test
  void a_copy_of_what_the_java_connection_sends_reaches_both_tabs_unless_it_says_no() {
    BrowserPage first = interop.connectedPage("first", "alice");
    BrowserPage second = interop.connectedPage("second", "alice");
    BrowserPage bob = interop.connectedPage("bob", "bob");
    JavaClient third = interop.java("alice").connect();

    JavaClient.get(
        third
            .client()
            .endpoint("bob")
            .sendMessage("between us", MessageOptions.defaults().withCcSelf(false)));
    JavaClient.get(third.client().sendMessage("bob", "for all to see"));

    assertEquals("between us", bob.await("message").text("message"));
    assertEquals("for all to see", bob.await("message").text("message"));
    for (BrowserPage tab : List.of(first, second)) {
      ClientEvent copy = tab.await("message");
      assertEquals("for all to see", copy.text("message"));
      assertEquals("bob", copy.text("originalRecipient"));
    }
  }

  @Test
  void a_message_to_one_connection_reaches_no_other() {
    BrowserPage first = interop.connectedPage("first", "alice");
    BrowserPage second = interop.connectedPage("second", "alice");
    JavaClient bob = interop.java("bob").connect();
    Endpoint alice = bob.client().endpoint("alice");
    JavaClient.get(alice.observePresence());
    String id = second.ask("state").getString("connectionId");

    JavaClient.get(alice.connection(id).orElseThrow().sendMessage("only you"));
    JavaClient.get(bob.client().sendMessage("alice", "all of you"));

    assertEquals("only you", second.await("message", "from", "bob").text("message"));
    assertEquals("all of you", second.await("message", "from", "bob").text("message"));
    assertEquals("all of you", first.await("message", "from", "bob").text("message"));

    first.call(
        "sendToConnection",
        "endpointId",
        "bob",
        "connectionId",
        bob.client().connectionId().orElseThrow(),
        "message",
        "only bob's one");
    assertEquals("only bob's one", bob.await(MessageReceived.class).message().text());
    assertEquals(
        List.of(),
        second.rest("message").stream()
            .filter(e -> "only bob's one".equals(e.text("message")))
            .toList());
  }
}
