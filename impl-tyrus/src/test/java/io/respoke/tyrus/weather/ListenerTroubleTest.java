package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ConnectionState;
import io.respoke.event.Connected;
import io.respoke.event.ConnectionFailed;
import io.respoke.event.ConnectionStateChanged;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.GroupJoined;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MessageReceived;
import io.respoke.event.OwnPresenceChanged;
import io.respoke.event.PresenceChanged;
import io.respoke.event.Reconnected;
import io.respoke.event.Reconnecting;
import io.respoke.event.RespokeEvent;
import io.respoke.event.UnknownEvent;
import io.respoke.tyrus.weather.LyingServer.Step;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listeners that throw, block, or turn on their own client. */
class ListenerTroubleTest {
  private static final String MESSAGE =
      "5:::{\"name\":\"message\",\"args\":[{\"header\":{\"type\":\"message\",\"from\":\"%s\","
          + "\"fromConnection\":\"c\"},\"message\":\"%s\"}]}";
  private static final String GROUP_MESSAGE =
      "5:::{\"name\":\"pubsub\",\"args\":[{\"header\":{\"type\":\"pubsub\",\"channel\":\"bridge\","
          + "\"from\":\"eve\",\"fromConnection\":\"c\"},\"message\":\"all\"}]}";
  private static final String PRESENCE =
      "5:::{\"name\":\"presence\",\"args\":[{\"header\":{\"type\":\"presence\",\"from\":\"eve\","
          + "\"fromConnection\":\"c\"},\"type\":\"away\"}]}";

  @RegisterExtension final Aftermath after = new Aftermath();

  private final LyingServer server = LyingServer.start();

  /** Kinds of events, and how to bring one about. */
  private enum Kind {
    STATE(ConnectionStateChanged.class) {
      @Override
      void happen(ListenerTroubleTest test, Client client) {
        test.server.next().cut();
      }
    },
    DISCONNECTED(Disconnected.class) {
      @Override
      void happen(ListenerTroubleTest test, Client client) {
        test.server.next().cut();
      }
    },
    RECONNECTING(Reconnecting.class) {
      @Override
      void happen(ListenerTroubleTest test, Client client) {
        test.server.next().cut();
      }
    },
    RECONNECTED(Reconnected.class) {
      @Override
      void happen(ListenerTroubleTest test, Client client) {
        test.server.next().cut();
      }
    },
    FAILED(ConnectionFailed.class) {
      @Override
      void happen(ListenerTroubleTest test, Client client) {
        test.server.at(Step.SESSION, LyingServer.status(503));
        test.server.next().cut();
      }
    },
    ERROR(ErrorOccurred.class) {
      @Override
      void happen(ListenerTroubleTest test, Client client) {
        test.server.next().send("6:::4711+[{}]");
      }
    },
    MESSAGE(MessageReceived.class) {
      @Override
      void happen(ListenerTroubleTest test, Client client) {
        test.server.next().send(ListenerTroubleTest.MESSAGE.formatted("eve", "hello"));
      }
    },
    GROUP_MESSAGE(GroupMessageReceived.class) {
      @Override
      void happen(ListenerTroubleTest test, Client client) {
        test.server.next().send(ListenerTroubleTest.GROUP_MESSAGE);
      }
    },
    PRESENCE(PresenceChanged.class) {
      @Override
      void happen(ListenerTroubleTest test, Client client) {
        test.server.next().send(ListenerTroubleTest.PRESENCE);
      }
    },
    OWN_PRESENCE(OwnPresenceChanged.class) {
      @Override
      void happen(ListenerTroubleTest test, Client client) {
        client.setPresence("away");
      }
    },
    JOINED(GroupJoined.class) {
      @Override
      void happen(ListenerTroubleTest test, Client client) {
        client.join("another");
      }
    },
    UNKNOWN(UnknownEvent.class) {
      @Override
      void happen(ListenerTroubleTest test, Client client) {
        test.server.next().send("5:::{\"name\":\"odd\",\"args\":[{}]}");
      }
    };

    final Class<? extends RespokeEvent> type;

    Kind(Class<? extends RespokeEvent> type) {
      this.type = type;
    }

    abstract void happen(ListenerTroubleTest test, Client client);
  }

  /** A connected member of a group, whose listener for one kind of events does something. */
  private Client connected(Kind kind, Consumer<Client> action) {
    after.closing(server);
    Client client =
        after.client(
            Options.of(server)
                .reconnect(true)
                .reconnectPolicy(Options.SOON)
                .closeTimeout(Options.SHORT));
    Await.value(client.connect());
    Await.value(client.join("bridge"));
    Await.until(() -> client.inspect().waitingEvents() == 0, () -> "events wait");
    client.listen(kind.type, event -> action.accept(client));
    return client;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void what_a_listener_throws_is_told_and_keeps_nobody_from_an_event(Kind kind) {
    AssertionError thrown = new AssertionError("expected by the test");
    AtomicReference<Throwable> told = new AtomicReference<>();
    CountDownLatch reached = new CountDownLatch(1);
    Client client =
        connected(
            kind,
            c -> {
              throw thrown;
            });
    client.listen(kind.type, event -> reached.countDown());
    client.listen(
        ErrorOccurred.class,
        event -> {
          if (event.origin() == ErrorOccurred.Origin.LISTENER) {
            told.set(event.error());
          }
        });

    kind.happen(this, client);

    Await.latch(reached);
    Await.until(() -> told.get() == thrown, () -> "told was " + told.get());
    server.honest();
    Await.value(client.connect());
    Await.value(client.request("get", "/v1/after", null));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void close_inside_a_listener_ends_the_client(Kind kind) {
    Client client = connected(kind, Client::close);

    kind.happen(this, client);

    Await.until(() -> client.state() == ConnectionState.CLOSED, () -> "state is " + client.state());
    Await.until(() -> server.connections() == 0, () -> "connections are open");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void disconnect_inside_a_listener_ends_the_connection(Kind kind) {
    List<CompletionStage<?>> stages = new CopyOnWriteArrayList<>();
    Client client = connected(kind, c -> stages.add(c.disconnect()));

    kind.happen(this, client);

    Await.until(() -> !stages.isEmpty(), () -> "the listener was not called");
    Await.until(
        () -> client.state() == ConnectionState.DISCONNECTED, () -> "state is " + client.state());
    stages.forEach(Await::value);
    assertTrue(client.groups().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void connect_inside_a_listener_makes_one_login_at_a_time(Kind kind) {
    List<CompletionStage<Client>> stages = new CopyOnWriteArrayList<>();
    Client client = connected(kind, c -> stages.add(c.connect()));

    kind.happen(this, client);

    Await.until(() -> !stages.isEmpty(), () -> "the listener was not called");
    server.honest();
    stages.forEach(stage -> assertSame(client, Await.value(stage)));
    assertTrue(client.isConnected());
    Await.until(
        () -> server.connections() == 1, () -> server.connections() + " connections are open");
  }

  @Test
  void a_listener_that_nobody_else_holds_is_called_after_the_garbage_was_collected() {
    CountDownLatch called = new CountDownLatch(1);
    Client client = connected(Kind.MESSAGE, c -> called.countDown());
    WeakReference<Object> garbage = new WeakReference<>(new Object());
    Await.until(
        () -> {
          System.gc();
          return garbage.get() == null;
        },
        () -> "nothing is collected");

    Kind.MESSAGE.happen(this, client);

    Await.latch(called);
  }

  @Test
  void a_listener_that_blocks_holds_up_its_own_source_only() {
    CountDownLatch minute = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    server.handshake("2:2:websocket");
    after.closing(server);
    Client client = after.client(Options.of(server));
    List<String> fromEve = new CopyOnWriteArrayList<>();
    List<String> fromKirk = new CopyOnWriteArrayList<>();
    client
        .endpoint("eve")
        .listen(
            MessageReceived.class,
            event -> {
              blocked.countDown();
              Await.latch(minute);
              fromEve.add(event.message().text());
            });
    client
        .endpoint("kirk")
        .listen(MessageReceived.class, event -> fromKirk.add(event.message().text()));
    Await.value(client.connect());
    LyingSocket socket = server.next();
    socket.send(MESSAGE.formatted("eve", "first"));
    Await.latch(blocked);
    socket.send(MESSAGE.formatted("eve", "second"));
    server.log().clear();

    socket.send(MESSAGE.formatted("kirk", "hello"));
    socket.send("2::");

    Await.until(() -> fromKirk.equals(List.of("hello")), () -> "from kirk came " + fromKirk);
    Await.until(() -> server.log().contains("ws 2::"), () -> "no heartbeat: " + server.log());
    Await.value(client.request("get", "/v1/meanwhile", null));
    assertFalse(fromEve.contains("second"), "the next event of a source waits for the one before");
    assertTrue(client.isConnected());
    minute.countDown();
    Await.until(() -> fromEve.equals(List.of("first", "second")), () -> "from eve came " + fromEve);
  }

  @Test
  void close_does_not_wait_for_a_listener_that_blocks() {
    CountDownLatch minute = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    after.closing(server);
    Client client =
        after.client(
            Options.of(server)
                .on(
                    Connected.class,
                    event -> {
                      blocked.countDown();
                      Await.latch(minute);
                    }));
    Await.value(client.connect());
    Await.latch(blocked);

    client.close();

    assertEquals(ConnectionState.CLOSED, client.state());
    minute.countDown();
  }
}
