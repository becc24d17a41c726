package io.respoke.tyrus.features;

import static io.respoke.tyrus.features.Stage.failure;
import static io.respoke.tyrus.features.Stage.get;
import static io.respoke.tyrus.features.Stage.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.Connection;
import io.respoke.Message;
import io.respoke.MessageOptions;
import io.respoke.OverflowException;
import io.respoke.PushService;
import io.respoke.RequestRejectedException;
import io.respoke.RequestRejectedException.Reason;
import io.respoke.Subscription;
import io.respoke.event.MessageEvent;
import io.respoke.event.MessageReceived;
import io.respoke.event.RespokeEvent;
import io.respoke.protocol.Json;
import io.respoke.tyrus.features.Stage.Seen;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M7 messages")
class MessagesTest {
  private final Stage stage = new Stage();
  private final Client kirk = stage.connected(stage.brokered("kirk"));
  private final Client spock = stage.connected(stage.brokered("spock"));
  private final Seen<MessageReceived> heard = seen(spock, MessageReceived.class);

  @AfterEach
  void close() {
    stage.close();
  }

  /** An object of an application. */
  public record Order(String dish, int count) {}

  @Test
  void carriesTextJsonAndBoundObjects() {
    for (Object sent :
        List.of("hello", "", "ünï \u2028 \uD83D\uDE00", Json.number(7), JsonValue.TRUE)) {
      get(kirk.sendMessage("spock", sent));
      Message message = heard.next().message();
      assertEquals(
          sent instanceof JsonValue json ? json : Json.string((String) sent), message.json());
    }
    get(kirk.sendMessage("spock", new Order("plomeek", 2)));
    Message order = heard.next().message();
    assertEquals(new Order("plomeek", 2), order.as(Order.class));
    assertEquals("plomeek", order.json().asJsonObject().getString("dish"));

    get(kirk.sendMessage("spock", "{\"dish\":\"tea\",\"count\":1}"));
    assertEquals(new Order("tea", 1), heard.next().message().as(Order.class));
  }

  @Test
  void saysWhoWhenAndFromWhere() {
    get(kirk.sendMessage("spock", "hello"));
    Message message = heard.next().message();
    assertEquals("kirk", message.from());
    assertEquals("kirk", message.sender().id());
    assertEquals(kirk.connectionId(), message.connectionId());
    assertTrue(message.requestId().isPresent());
    assertFalse(message.isOwnCopy() || message.isBackfilled());
    assertTrue(Duration.between(message.timestamp(), Instant.now()).toMinutes() < 5);
  }

  @Test
  void toAnEndpointOwnConnectionsGetCopiesByDefault() {
    Client second = stage.connected(stage.brokered("kirk"));
    Seen<MessageReceived> copies = seen(second, MessageReceived.class);
    Seen<MessageReceived> echoes = seen(kirk, MessageReceived.class);

    get(kirk.sendMessage("spock", "one"));
    Message copy = copies.next().message();
    assertTrue(copy.isOwnCopy());
    assertEquals("spock", copy.originalRecipient().orElseThrow());
    assertEquals("spock", copy.endpoint().orElseThrow().id());
    assertEquals("kirk", copy.from());

    get(kirk.endpoint("spock").sendMessage("two", MessageOptions.defaults().withCcSelf(false)));
    get(kirk.sendMessage("spock", "three"));
    assertEquals("three", copies.next().message().text());
    assertEquals(0, echoes.left());
  }

  @Test
  void toOneConnectionOnlyThatOneGetsItAndNoCopiesByDefault() {
    Client otherSpock = stage.connected(stage.brokered("spock"));
    Seen<MessageReceived> others = seen(otherSpock, MessageReceived.class);
    Client otherKirk = stage.connected(stage.brokered("kirk"));
    Seen<MessageReceived> copies = seen(otherKirk, MessageReceived.class);
    get(kirk.join("bridge"));
    get(spock.join("bridge"));
    Connection target =
        get(kirk.group("bridge").members()).stream()
            .filter(c -> c.id().equals(spock.connectionId().orElseThrow()))
            .findFirst()
            .orElseThrow();

    get(target.sendMessage("only you"));

    assertEquals("only you", heard.next().message().text());
    get(otherSpock.sendMessage("spock", "a mark"));
    assertEquals("a mark", others.next().message().text());
    get(otherKirk.sendMessage("kirk", "a mark"));
    assertEquals("a mark", copies.next().message().text());
  }

  @Test
  void aDeadConnectionIsRefusedWithStatusAndRequestId() {
    Throwable failure =
        failure(
            kirk.request(
                "post",
                "/v1/messages",
                Json.object()
                    .add("to", "spock")
                    .add("toConnection", "gone")
                    .add("message", "x")
                    .build()));
    RequestRejectedException refusal = assertInstanceOf(RequestRejectedException.class, failure);
    assertEquals(404, refusal.status());
    assertEquals(Reason.NOT_FOUND, refusal.reason());
    assertTrue(refusal.requestId().isPresent());
    assertTrue(refusal.getMessage().contains("post /v1/messages"), refusal.getMessage());
  }

  @Test
  void anOfflineEndpointIsNoError() {
    get(kirk.sendMessage("nobody", "hello?"));
  }

  @Test
  void aMessageOverTheLimitIsRefusedBeforeItIsSent() {
    OverflowException failure =
        assertInstanceOf(
            OverflowException.class, failure(kirk.sendMessage("spock", "x".repeat(20_000))));
    assertEquals(20_000, failure.limit());
    get(kirk.sendMessage("spock", "x".repeat(19_900)));
    assertEquals(19_900, heard.next().message().text().length());
  }

  @Test
  void misuseThrowsAtOnce() {
    assertThrows(NullPointerException.class, () -> kirk.sendMessage("spock", null));
    assertThrows(IllegalArgumentException.class, () -> kirk.endpoint(""));
    assertThrows(IllegalArgumentException.class, () -> kirk.request("steal", "/v1/apps", null));
    assertThrows(IllegalArgumentException.class, () -> kirk.request("get", "apps", null));
  }

  @Test
  void listensBySupertypeByEndpointOnceAndNoMore() {
    Seen<RespokeEvent> everything = seen(spock, RespokeEvent.class);
    Seen<MessageEvent> messages = new Seen<>();
    Seen<MessageEvent> fromKirk = new Seen<>();
    Seen<MessageEvent> first = new Seen<>();
    Subscription all = spock.listen(MessageEvent.class, messages::add);
    spock.endpoint("kirk").listen(MessageEvent.class, fromKirk::add);
    spock.once(MessageEvent.class, first::add);
    assertTrue(spock.hasListeners(MessageReceived.class));

    get(kirk.sendMessage("spock", "one"));
    assertEquals("one", messages.next().message().text());
    assertEquals("one", fromKirk.next().message().text());
    assertEquals("one", first.next().message().text());
    assertInstanceOf(MessageReceived.class, everything.next());

    all.close();
    all.close();
    get(spock.sendMessage("spock", "from myself"));
    get(kirk.sendMessage("spock", "two"));
    assertEquals("two", fromKirk.next().message().text());
    get(spock.drain(Duration.ofSeconds(10)));
    assertEquals(0, messages.left() + first.left());
  }

  @Test
  void keepsTheOrderOfOneSender() {
    for (int i = 0; i < 500; i++) {
      kirk.sendMessage("spock", Integer.toString(i));
    }
    for (int i = 0; i < 500; i++) {
      assertEquals(Integer.toString(i), heard.next().message().text());
    }
  }

  @Test
  void registersRenewsAndUnregistersADeviceForPush() {
    get(kirk.unregisterPush());
    get(kirk.registerPush(PushService.GOOGLE, "device-1"));
    get(kirk.registerPush(PushService.GOOGLE, "device-2"));
    get(kirk.unregisterPush());
  }

  @Test
  void asksAnything() {
    JsonValue turn = get(kirk.request("get", "/v1/turn", null));
    assertFalse(turn.asJsonObject().getJsonArray("uris").isEmpty());
    assertEquals(Map.of(), kirk.options().attributes());
  }
}
