package io.respoke.spi.contract;

import static io.respoke.spi.contract.TransportFixture.await;
import static io.respoke.spi.contract.TransportFixture.failure;
import static io.respoke.spi.contract.TransportFixture.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportException.Category;
import io.respoke.spi.TransportProvider;
import io.respoke.spi.contract.TransportFixture.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every transport must do, with a network or without. A transport on real sockets implements
 * {@link WebSocketTransportContract}, which adds to this.
 *
 * <p>Every test also fails when a call to the listener breaks the order of {@link
 * io.respoke.spi.TransportListener}, or when a thread is left that is not {@linkplain
 * #isSharedThread shared}.
 */
@ExtendWith(TransportFixtures.class)
@Timeout(60)
public interface TransportContract {
  /** The provider under test. */
  TransportProvider transportProvider();

  /** The service that it connects to. */
  default ContractService contractService() {
    return ContractServer.start();
  }

  /**
   * Whether a thread belongs to all transports together, so that it may outlive one. The number of
   * such threads must not grow with the number of connections.
   */
  default boolean isSharedThread(String threadName) {
    return false;
  }

  /** The name is fit for options, and the provider can be used here. */
  @Test
  default void hasANameAndIsAvailable(TransportFixture fixture) {
    String name = fixture.provider().name();
    assertTrue(name.matches("[a-z0-9-]+"), name);
    assertEquals(name, fixture.provider().name());
    assertTrue(fixture.provider().isAvailable());
  }

  /** Texts arrive as they were sent, in order, both ways. */
  @Test
  default void carriesTextBothWaysInOrder(TransportFixture fixture) {
    Connection connection = fixture.connect();
    List<String> texts = IntStream.range(0, 200).mapToObj(i -> "text " + i).toList();
    List<CompletionStage<Void>> stages = texts.stream().map(connection.transport()::send).toList();
    texts.forEach(text -> assertEquals(text, connection.peer().received()));
    stages.forEach(TransportFixture::sent);
    texts.forEach(connection.peer()::send);
    texts.forEach(text -> assertEquals(text, connection.listener().text()));
  }

  /** An empty text is a message too; every character of Unicode survives. */
  @Test
  default void carriesEmptyAndNonAsciiText(TransportFixture fixture) {
    Connection connection = fixture.connect();
    for (String text :
        List.of(
            "", "grüße, 世界, שלום", "😀🏳️‍🌈", "\0\u0001\u007f", "\ufffd", "\u2028\uffff", " ")) {
      sent(connection.transport().send(text));
      assertEquals(text, connection.peer().received());
      connection.peer().send(text);
      assertEquals(text, connection.listener().text());
    }
  }

  /** Half a character cannot be sent, but costs no more than itself. */
  @Test
  default void aLoneSurrogateHarmsNothingElse(TransportFixture fixture) {
    Connection connection = fixture.connect();
    sent(connection.transport().send("half \ud83d of it"));
    sent(connection.transport().send("next"));
    String half = connection.peer().received();
    assertTrue(half.startsWith("half ") && half.endsWith(" of it"), half);
    assertEquals("next", connection.peer().received());
  }

  /** Messages of a megabyte pass, both ways. */
  @ParameterizedTest
  @ValueSource(ints = {125, 126, 127, 2000, 65_535, 65_536, 1_000_000})
  default void carriesTextOfAnySize(int size, TransportFixture fixture) {
    Connection connection = fixture.connect();
    String text = "é" + "x".repeat(size - 2);
    CompletionStage<Void> stage = connection.transport().send(text);
    assertEquals(text, connection.peer().received());
    sent(stage);
    connection.peer().send(text);
    connection.peer().send("next");
    assertEquals(text, connection.listener().text());
    assertEquals("next", connection.listener().text());
  }

  /** What the service says at once comes after {@code onOpen}; a send from {@code onOpen} works. */
  @Test
  default void canBeUsedFromWithinOnOpen(TransportFixture fixture) {
    Opening opening =
        fixture.open(
            settings -> {},
            (self, listener) ->
                listener.whenOpen(
                    () -> fixture.executor().execute(() -> self.transport().send("first"))));
    ContractPeer peer = fixture.service().next();
    peer.send("greeting");
    opening.listener().opened();
    assertEquals("greeting", opening.listener().text());
    assertEquals("first", peer.received());
  }

  /** Sends of many threads all arrive, those of each thread in order. */
  @Test
  default void sendsOfManyThreadsArrive(TransportFixture fixture) throws Exception {
    Connection connection = fixture.connect(settings -> settings.outboundLimit(10_000));
    int threads = 8;
    int each = 200;
    List<Future<?>> senders = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int sender = t;
      senders.add(
          fixture
              .executor()
              .submit(
                  () -> {
                    for (int i = 0; i < each; i++) {
                      connection.transport().send(sender + ":" + i);
                    }
                  }));
    }
    int[] expected = new int[threads];
    for (int i = 0; i < threads * each; i++) {
      String text = connection.peer().received();
      int colon = text.indexOf(':');
      int sender = Integer.parseInt(text.substring(0, colon));
      int number = Integer.parseInt(text.substring(colon + 1));
      assertEquals(expected[sender]++, number, "of sender " + sender);
    }
    for (Future<?> sender : senders) {
      sender.get(10, TimeUnit.SECONDS);
    }
  }

  /** Our close: what was sent before arrives, then the close; then nothing can be sent. */
  @Test
  default void closesAfterAllThatWasSent(TransportFixture fixture) {
    Connection connection = fixture.connect();
    List<CompletionStage<Void>> stages =
        IntStream.range(0, 50).mapToObj(i -> connection.transport().send("text " + i)).toList();
    connection.transport().close(4001, "enough");
    assertEquals(Category.LOST, failure(connection.transport().send("late")).category());
    for (int i = 0; i < 50; i++) {
      assertEquals("text " + i, connection.peer().received());
    }
    stages.forEach(TransportFixture::sent);
    assertEquals(new CloseStatus(4001, "enough"), connection.peer().ended());
    assertEquals(new CloseStatus(4001, "enough"), connection.listener().closed());
    assertEquals(Category.LOST, failure(connection.transport().send("later")).category());
  }

  /** The peer's close is told with its code and reason. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1011, 4002})
  default void tellsHowThePeerHasClosed(int code, TransportFixture fixture) {
    Connection connection = fixture.connect();
    connection.peer().send("last");
    connection.peer().close(code, "grüße");
    assertEquals("last", connection.listener().text());
    assertEquals(new CloseStatus(code, "grüße"), connection.listener().closed());
    assertEquals(Category.LOST, failure(connection.transport().send("late")).category());
  }

  /** A connection that ends without a closing handshake is lost. */
  @Test
  default void tellsThatTheConnectionWasCut(TransportFixture fixture) {
    Connection connection = fixture.connect();
    connection.peer().cut();
    assertEquals(Category.LOST, connection.listener().failed().category());
    assertEquals(Category.LOST, failure(connection.transport().send("late")).category());
  }

  /** An abort ends the connection at once. */
  @Test
  default void abortDropsTheConnection(TransportFixture fixture) {
    Connection connection = fixture.connect();
    connection.transport().abort();
    assertEquals(Category.LOST, connection.listener().failed().category());
    assertEquals(CloseStatus.ABNORMAL, connection.peer().ended().code());
    assertEquals(Category.LOST, failure(connection.transport().send("late")).category());
  }

  /** Whatever is called after the end changes nothing. */
  @Test
  default void closeAndAbortAreIdempotent(TransportFixture fixture) {
    Connection closed = fixture.connect();
    closed.transport().close(1000, "");
    closed.transport().close(4000, "again");
    assertEquals(1000, closed.listener().closed().code());
    closed.transport().abort();
    closed.transport().close(1000, "");

    Connection aborted = fixture.connect();
    aborted.transport().abort();
    aborted.transport().abort();
    aborted.transport().close(1000, "");
    assertEquals(Category.LOST, aborted.listener().failed().category());
  }

  /** A transport may be ended from within a call to its listener. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void canBeEndedFromWithinACall(boolean abort, TransportFixture fixture) {
    Opening opening =
        fixture.open(
            settings -> {},
            (self, listener) ->
                listener.whenText(
                    text -> {
                      if (abort) {
                        self.transport().abort();
                      } else {
                        self.transport().close(1000, "");
                      }
                    }));
    opening.listener().opened();
    opening.transport();
    fixture.service().next().send("end it");
    assertEquals("end it", opening.listener().text());
    if (abort) {
      assertEquals(Category.LOST, opening.listener().failed().category());
    } else {
      assertEquals(1000, opening.listener().closed().code());
    }
  }

  /** Giving up while the peer does not answer ends in one failure. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void canBeGivenUpWhileItOpens(boolean abort, TransportFixture fixture) {
    fixture.service().ignoreConnections();
    Opening opening = fixture.open();
    if (abort || fixture.provider().connectBlocks()) {
      opening.abort();
    } else {
      opening.transport().close(1000, "");
    }
    assertEquals(Category.LOST, opening.listener().failed().category());
    assertEquals(Category.LOST, failure(opening.transport().send("late")).category());
  }

  /** A peer that does not answer is not waited for longer than was asked. */
  @Test
  default void givesUpAPeerThatDoesNotAnswer(TransportFixture fixture) {
    fixture.service().ignoreConnections();
    Opening opening = fixture.open(settings -> settings.connectTimeout(Duration.ofMillis(300)));
    assertEquals(Category.CONNECT_TIMEOUT, opening.listener().failed().category());
    assertEquals(Category.LOST, failure(opening.transport().send("late")).category());
  }

  /** The connect deadline is for connecting only. */
  @Test
  default void outlivesItsConnectTimeout(TransportFixture fixture) {
    Connection first = fixture.connect(settings -> settings.connectTimeout(Duration.ofSeconds(4)));
    fixture.service().ignoreConnections();
    Opening later = fixture.open(settings -> settings.connectTimeout(Duration.ofSeconds(4)));
    assertEquals(Category.CONNECT_TIMEOUT, later.listener().failed().category());
    sent(first.transport().send("still here"));
    assertEquals("still here", first.peer().received());
  }

  /** A refused upgrade is told with its status. */
  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 429, 500, 503, 302, 200})
  default void tellsTheStatusOfARefusedUpgrade(int status, TransportFixture fixture) {
    fixture.service().refuseConnections(status);
    var failure = fixture.open().listener().failed();
    assertEquals(Category.UPGRADE_REJECTED, failure.category());
    assertEquals(status, failure.status());
  }

  /** A provider that has failed to connect can connect. */
  @Test
  default void connectsAfterFailures(TransportFixture fixture) {
    fixture.service().refuseConnections(401);
    for (int i = 0; i < 10; i++) {
      assertEquals(401, fixture.open().listener().failed().status());
    }
    fixture.service().acceptConnections();
    Connection connection = fixture.connect();
    sent(connection.transport().send("hello"));
    assertEquals("hello", connection.peer().received());
  }

  /** The query of the address is in no message, because tokens travel there. */
  @Test
  default void keepsTheQueryOutOfMessages(TransportFixture fixture) {
    fixture.service().refuseConnections(401);
    var refused = fixture.open().listener().failed();
    fixture.service().ignoreConnections();
    var late =
        fixture
            .open(settings -> settings.connectTimeout(Duration.ofMillis(100)))
            .listener()
            .failed();
    for (Throwable failure : List.of(refused, late)) {
      for (Throwable t = failure; t != null; t = t.getCause()) {
        assertFalse(t.toString().contains(fixture.service().uri().getRawQuery()), t.toString());
      }
    }
  }

  /** The queue is bounded, says so, never blocks the sender, and loses nothing it has accepted. */
  @Test
  default void aFullQueueRefusesMessages(TransportFixture fixture) throws Exception {
    int limit = 8;
    Connection connection =
        fixture.connect(
            settings -> settings.outboundLimit(limit).sendTimeout(Duration.ofMinutes(1)));
    connection.peer().stall();
    List<CompletionStage<Void>> accepted = new ArrayList<>();
    Future<?> sender =
        fixture
            .executor()
            .submit(
                () -> {
                  while (true) {
                    CompletionStage<Void> stage =
                        connection.transport().send(accepted.size() + ":" + "x".repeat(100_000));
                    if (stage.toCompletableFuture().isCompletedExceptionally()) {
                      assertEquals(Category.QUEUE_FULL, failure(stage).category());
                      return;
                    }
                    accepted.add(stage);
                  }
                });
    sender.get(30, TimeUnit.SECONDS);
    long waiting = accepted.stream().filter(stage -> !stage.toCompletableFuture().isDone()).count();
    assertTrue(waiting <= limit, waiting + " messages wait");
    assertTrue(accepted.size() >= limit, accepted.size() + " messages were accepted");

    connection.peer().resume();
    for (int i = 0; i < accepted.size(); i++) {
      String text = connection.peer().received();
      assertEquals(Integer.toString(i), text.substring(0, text.indexOf(':')));
      sent(accepted.get(i));
    }
    sent(connection.transport().send("there is room again"));
    assertEquals("there is room again", connection.peer().received());
  }

  /** A message that cannot be written in time breaks the transport; every send ends. */
  @Test
  default void aPeerThatTakesNothingIsGivenUp(TransportFixture fixture) {
    Connection connection =
        fixture.connect(settings -> settings.sendTimeout(Duration.ofMillis(500)));
    connection.peer().stall();
    List<CompletionStage<Void>> stages = new ArrayList<>();
    // More than any socket buffers hold.
    for (int i = 0; i < 30; i++) {
      stages.add(connection.transport().send("x".repeat(1_000_000)));
    }
    assertEquals(Category.SEND_TIMEOUT, connection.listener().failed().category());
    boolean timedOut = false;
    for (CompletionStage<Void> stage : stages) {
      try {
        sent(stage);
        assertFalse(timedOut, "a message was sent after the transport was broken");
      } catch (AssertionError e) {
        Category expected = timedOut ? Category.LOST : Category.SEND_TIMEOUT;
        assertEquals(expected, failure(stage).category());
        timedOut = true;
      }
    }
    assertTrue(timedOut);
    connection.peer().resume();
  }

  /** Messages that wait when the connection is cut fail. */
  @Test
  default void waitingMessagesFailWithTheConnection(TransportFixture fixture) {
    Connection connection =
        fixture.connect(settings -> settings.sendTimeout(Duration.ofMinutes(1)));
    connection.peer().stall();
    List<CompletionStage<Void>> stages = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      stages.add(connection.transport().send("x".repeat(1_000_000)));
    }
    connection.peer().cut();
    assertEquals(Category.LOST, connection.listener().failed().category());
    assertEquals(Category.LOST, failure(stages.get(29)).category());
    stages.forEach(stage -> await("a stage has ended", () -> stage.toCompletableFuture().isDone()));
  }

  /** Aborting and closing a stalled connection take no longer than elsewhere. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void aStalledConnectionCanBeEnded(boolean abort, TransportFixture fixture) {
    Connection connection =
        fixture.connect(settings -> settings.sendTimeout(Duration.ofSeconds(1)));
    connection.peer().stall();
    List<CompletionStage<Void>> stages = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      stages.add(connection.transport().send("x".repeat(1_000_000)));
    }
    if (abort) {
      connection.transport().abort();
    } else {
      connection.transport().close(1000, "");
    }
    connection.listener().ended();
    stages.forEach(stage -> await("a stage has ended", () -> stage.toCompletableFuture().isDone()));
    connection.peer().resume();
  }

  /** A message of the largest size is taken, a larger one fails the transport. */
  @Test
  default void refusesMessagesThatAreTooLarge(TransportFixture fixture) {
    Connection connection = fixture.connect(settings -> settings.maxMessageSize(10_000));
    connection.peer().send("ü".repeat(10_000));
    assertEquals(10_000, connection.listener().text().length());
    connection.peer().send("x".repeat(10_001));
    assertEquals(Category.TOO_LARGE, connection.listener().failed().category());
    assertEquals(Category.LOST, failure(connection.transport().send("late")).category());
  }

  /** The last call waits for the one being made, and stays the last, whoever ends the transport. */
  @ParameterizedTest
  @ValueSource(strings = {"abort", "close", "cut"})
  default void callsStaySerialWhenItIsEndedUnderLoad(String how, TransportFixture fixture) {
    for (int round = 0; round < 10; round++) {
      Connection connection = fixture.connect();
      Future<?> load =
          fixture
              .executor()
              .submit(
                  () -> {
                    for (int i = 0; i < 2000; i++) {
                      connection.peer().send("text " + i);
                    }
                  });
      connection.listener().text();
      switch (how) {
        case "abort" -> connection.transport().abort();
        case "close" -> connection.transport().close(1000, "");
        default -> connection.peer().cut();
      }
      connection.listener().ended();
      await("the load has ended", load::isDone);
    }
  }

  /** Connections share threads. */
  @Test
  default void threadsDoNotGrowWithConnections(TransportFixture fixture) {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      connections.add(fixture.connect());
    }
    for (Connection connection : connections) {
      sent(connection.transport().send("hello"));
      assertEquals("hello", connection.peer().received());
    }
    List<String> threads = fixture.transportThreads();
    assertTrue(threads.size() < 40, threads.size() + " threads for 60 connections: " + threads);
  }

  /** Connects that hang do not hold up one that does not. */
  @Test
  default void connectsBesideOthersThatHang(TransportFixture fixture) {
    fixture.service().ignoreConnections();
    List<Opening> hanging = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      hanging.add(fixture.open(settings -> settings.connectTimeout(Duration.ofMinutes(1))));
    }
    fixture.service().acceptConnections();
    // Hanging connects that are accepted late count as hanging no more, and do no harm.
    Opening healthy = fixture.open(settings -> settings.connectTimeout(Duration.ofSeconds(10)));
    healthy.listener().opened();
    Transport transport = healthy.transport();
    sent(transport.send("hello"));
    hanging.forEach(Opening::abort);
    hanging.forEach(opening -> opening.listener().ended());
  }
}
