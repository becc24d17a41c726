package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectionLostException;
import io.respoke.ConnectionState;
import io.respoke.Token;
import io.respoke.event.Connected;
import io.respoke.event.ConnectionFailed;
import io.respoke.event.ConnectionStateChanged;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.RespokeEvent;
import io.respoke.event.UnknownEvent;
import io.respoke.tyrus.weather.LyingServer.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Closing, at whatever moment, by whomever and however often. */
class CloseTest {
  @RegisterExtension final Aftermath after = new Aftermath();

  private final LyingServer server = LyingServer.start();

  /** Where a client is, and how it is brought there. */
  private enum Moment {
    NEVER_CONNECTED(ConnectionState.DISCONNECTED) {
      @Override
      Guest reach(CloseTest test) {
        return test.guest(Options.of(test.server));
      }
    },
    WAITING_FOR_A_TOKEN(ConnectionState.CONNECTING) {
      @Override
      Guest reach(CloseTest test) {
        CountDownLatch asked = new CountDownLatch(1);
        Guest joe =
            test.guest(
                Options.of(test.server)
                    .tokenProvider(
                        request -> {
                          asked.countDown();
                          return new CompletableFuture<>();
                        }));
        test.connecting(joe);
        Await.latch(asked);
        return joe;
      }
    },
    SYN_NOT_ANSWERED(ConnectionState.CONNECTING) {
      @Override
      Guest reach(CloseTest test) {
        BlackHole hole = test.after.closing(BlackHole.open());
        CountDownLatch asked = new CountDownLatch(1);
        Guest joe =
            test.guest(
                Options.of(test.server)
                    .baseUrl(hole.baseUrl())
                    .tokenProvider(
                        request -> {
                          asked.countDown();
                          return CompletableFuture.completedFuture(Token.of("token"));
                        }));
        test.connecting(joe);
        Await.latch(asked);
        return joe;
      }
    },
    OPENING_A_SESSION(ConnectionState.CONNECTING) {
      @Override
      Guest reach(CloseTest test) {
        return test.stuckAt(Step.SESSION, "POST /v1/session-tokens");
      }
    },
    SHAKING_HANDS(ConnectionState.CONNECTING) {
      @Override
      Guest reach(CloseTest test) {
        return test.stuckAt(Step.HANDSHAKE, "GET /socket.io/1/");
      }
    },
    OPENING_THE_SOCKET(ConnectionState.CONNECTING) {
      @Override
      Guest reach(CloseTest test) {
        return test.stuckAt(Step.UPGRADE, "GET /socket.io/1/websocket/");
      }
    },
    WAITING_FOR_THE_GREETING(ConnectionState.CONNECTING) {
      @Override
      Guest reach(CloseTest test) {
        test.server.greeting(socket -> {});
        return test.stuck("GET /socket.io/1/websocket/");
      }
    },
    REGISTERING(ConnectionState.CONNECTING) {
      @Override
      Guest reach(CloseTest test) {
        test.server.answers(ask -> null);
        return test.stuck("ws post /v1/connections");
      }
    },
    CONNECTED(ConnectionState.CONNECTED) {
      @Override
      Guest reach(CloseTest test) {
        Guest joe = test.guest(Options.of(test.server));
        Await.value(joe.client.connect());
        return joe;
      }
    },
    CONNECTED_TO_A_MUTE_SERVICE(ConnectionState.CONNECTED) {
      @Override
      Guest reach(CloseTest test) {
        Guest joe = CONNECTED.reach(test);
        test.server.next().fallSilent();
        return joe;
      }
    },
    BACKING_OFF(ConnectionState.RECONNECTING) {
      @Override
      Guest reach(CloseTest test) {
        test.server.at(Step.SESSION, LyingServer.status(503));
        Guest joe =
            test.guest(Options.of(test.server).reconnect(true).reconnectPolicy(Options.LATER));
        joe.ignoring(
            ConnectionFailed.class, ErrorOccurred.class, io.respoke.event.Reconnecting.class);
        test.connecting(joe);
        joe.awaits(ConnectionState.RECONNECTING);
        return joe;
      }
    },
    LOGGING_OUT(ConnectionState.DISCONNECTING) {
      @Override
      Guest reach(CloseTest test) {
        Guest joe = CONNECTED.reach(test);
        test.server.answers(ask -> null);
        test.stages.add(joe.client.disconnect());
        test.connecting(joe);
        joe.awaits(ConnectionState.DISCONNECTING);
        return joe;
      }
    },
    CLOSED(ConnectionState.CLOSED) {
      @Override
      Guest reach(CloseTest test) {
        Guest joe = CONNECTED.reach(test);
        joe.client.close();
        return joe;
      }
    };

    final ConnectionState state;

    Moment(ConnectionState state) {
      this.state = state;
    }

    abstract Guest reach(CloseTest test);
  }

  private final List<CompletionStage<?>> stages = new CopyOnWriteArrayList<>();

  /** No deadline but the one of closing ends anything while a test runs. */
  private Guest guest(ClientOptions.Builder options) {
    after.closing(server);
    return after.guest(
        options
            .tokenTimeout(Duration.ofHours(1))
            .connectTimeout(Duration.ofHours(1))
            .requestTimeout(Duration.ofHours(1))
            .closeTimeout(Options.SHORT));
  }

  private void connecting(Guest joe) {
    stages.add(joe.client.connect());
  }

  private Guest stuckAt(Step step, String last) {
    server.at(step, LyingServer.silence());
    return stuck(last);
  }

  private Guest stuck(String last) {
    Guest joe = guest(Options.of(server));
    connecting(joe);
    Await.until(
        () -> server.log().stream().anyMatch(line -> line.startsWith(last)),
        () -> "log is " + server.log());
    return joe;
  }

  private void hasEnded(Guest joe) {
    joe.awaits(ConnectionState.CLOSED);
    for (CompletionStage<?> stage : stages) {
      Object outcome = Await.value(stage.handle((done, failure) -> failure));
      if (outcome instanceof ConnectFailedException failure) {
        assertEquals(Category.CANCELLED, failure.category());
      } else {
        assertEquals(null, outcome);
      }
    }
    Await.until(() -> server.connections() == 0, () -> "connections are open");
    // The state is CLOSED before its listeners are told.
    Await.until(
        () -> joe.soFar(Connected.class).size() == joe.soFar(Disconnected.class).size(),
        () -> "told: " + joe.soFar(Connected.class) + " and " + joe.soFar(Disconnected.class));
    assertEquals(
        Category.CANCELLED,
        Await.failure(ConnectFailedException.class, joe.client.connect()).category());
    Await.value(joe.client.disconnect());
    Throwable unused =
        Await.failure(ConnectionLostException.class, joe.client.sendMessage("eve", "x"));
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void close_ends_everything_at_every_moment_and_once_is_as_good_as_twice(Moment moment) {
    Guest joe = moment.reach(this);
    assertEquals(moment.state, joe.client.state());

    joe.client.close();
    joe.client.close();

    hasEnded(joe);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void close_by_eight_threads_at_once_is_one_close(Moment moment) throws InterruptedException {
    Guest joe = moment.reach(this);
    List<Thread> threads = new ArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                Await.latch(go);
                joe.client.close();
              });
      threads.add(thread);
      thread.start();
    }

    go.countDown();
    for (Thread thread : threads) {
      thread.join(Await.PATIENCE.toMillis());
      assertTrue(!thread.isAlive(), "close() has not returned");
    }

    hasEnded(joe);
  }

  // --- from inside callbacks

  private Guest closing(ClientOptions.Builder options, Class<? extends RespokeEvent> when) {
    Guest joe = guest(options);
    joe.client.listen(when, event -> joe.client.close());
    return joe;
  }

  private static Stream<Arguments> states() {
    return Stream.of(
            ConnectionState.CONNECTING,
            ConnectionState.CONNECTED,
            ConnectionState.RECONNECTING,
            ConnectionState.DISCONNECTING,
            ConnectionState.CLOSED)
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("states")
  void close_inside_a_listener_for_a_change_of_state(ConnectionState when) {
    Guest joe = guest(Options.of(server).reconnect(true).reconnectPolicy(Options.LATER));
    joe.ignoring(Disconnected.class, io.respoke.event.Reconnecting.class, ErrorOccurred.class);
    joe.client.listen(
        ConnectionStateChanged.class,
        event -> {
          if (event.newState() == when) {
            joe.client.close();
          }
        });

    connecting(joe);
    if (when == ConnectionState.RECONNECTING) {
      Await.value(stages.get(0));
      server.next().cut();
    } else if (when == ConnectionState.DISCONNECTING) {
      Await.value(stages.get(0));
      stages.add(joe.client.disconnect());
    } else if (when == ConnectionState.CLOSED) {
      joe.client.close();
    }

    hasEnded(joe);
  }

  @Test
  void close_inside_a_listener_for_connected() {
    Guest joe = closing(Options.of(server), Connected.class);
    connecting(joe);
    hasEnded(joe);
  }

  @Test
  void close_inside_a_listener_for_disconnected() {
    Guest joe = closing(Options.of(server), Disconnected.class);
    Await.value(joe.client.connect());
    server.next().cut();
    hasEnded(joe);
    joe.next(Disconnected.class, event -> event.cause().isPresent());
  }

  @Test
  void close_inside_a_listener_for_a_failed_attempt() {
    server.at(Step.SESSION, LyingServer.status(503));
    Guest joe =
        closing(
            Options.of(server).reconnect(true).reconnectPolicy(Options.SOON),
            ConnectionFailed.class);
    joe.ignoring(ConnectionFailed.class, ErrorOccurred.class, io.respoke.event.Reconnecting.class);
    connecting(joe);
    hasEnded(joe);
  }

  @Test
  void close_inside_a_listener_for_something_that_was_pushed() {
    Guest joe = closing(Options.of(server), UnknownEvent.class);
    joe.ignoring(UnknownEvent.class);
    Await.value(joe.client.connect());
    server.next().send("5:::{\"name\":\"odd\",\"args\":[{}]}");
    hasEnded(joe);
  }

  @Test
  void close_where_the_stage_of_connect_is_completed() {
    Guest joe = guest(Options.of(server));
    CompletionStage<Client> connect = joe.client.connect();
    stages.add(connect.whenComplete((client, failure) -> joe.client.close()));
    hasEnded(joe);
  }

  @Test
  void close_where_the_stage_of_connect_fails() {
    server.at(Step.SESSION, LyingServer.status(503));
    Guest joe = guest(Options.of(server));
    joe.ignoring(ConnectionFailed.class, ErrorOccurred.class);
    stages.add(
        joe.client
            .connect()
            .handle((client, failure) -> failure)
            .thenAccept(x -> joe.client.close()));
    hasEnded(joe);
  }

  @Test
  void close_where_the_stage_of_a_request_is_completed() {
    Guest joe = guest(Options.of(server));
    Await.value(joe.client.connect());
    stages.add(
        joe.client.request("get", "/v1/turn", null).thenAccept(answer -> joe.client.close()));
    hasEnded(joe);
  }

  @Test
  void close_where_the_stage_of_a_request_is_failed_by_close() {
    Guest joe = guest(Options.of(server));
    Await.value(joe.client.connect());
    server.answers(ask -> null);
    CompletionStage<?> request =
        joe.client.request("get", "/v1/turn", null).whenComplete((x, y) -> joe.client.close());

    joe.client.close();

    Throwable unused = Await.failure(ConnectionLostException.class, request);
    hasEnded(joe);
  }

  @Test
  void close_inside_a_token_provider() {
    CompletableFuture<Client> client = new CompletableFuture<>();
    Guest joe =
        guest(
            Options.of(server)
                .tokenProvider(
                    request -> {
                      Await.value(client).close();
                      return CompletableFuture.completedFuture(Token.of("late"));
                    }));
    client.complete(joe.client);
    connecting(joe);
    hasEnded(joe);
    assertTrue(server.log().isEmpty(), () -> "a closed client has asked: " + server.log());
  }

  @Test
  void close_inside_a_listener_for_every_event_of_the_story() {
    Guest joe = closing(Options.of(server), RespokeEvent.class);
    Await.value(joe.client.connect().handle((client, failure) -> client));
    hasEnded(joe);
  }
}
