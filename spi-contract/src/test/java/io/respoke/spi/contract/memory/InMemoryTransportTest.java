package io.respoke.spi.contract.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportException.Category;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class InMemoryTransportTest {
  private final InMemoryTransportProvider transports = new InMemoryTransportProvider();
  private final Recorder recorder = new Recorder();

  @Test
  void aPeerGreetsAndAnswersInOrder() {
    transports.accept(
        request ->
            InMemoryPeer.accepting()
                .onOpen(peer -> peer.send("1::"))
                .onText((peer, text) -> peer.send("echo " + text)));
    Transport transport = transports.open(request(Runnable::run), recorder);
    transport.send("a").toCompletableFuture().join();
    transport.send("").toCompletableFuture().join();
    transport.close(1000, "bye");

    InMemoryPeer peer = transports.next();
    assertEquals(List.of("open", "1::", "echo a", "echo ", "closed 1000 bye"), recorder.calls);
    assertEquals(List.of("a", ""), peer.allReceived());
    assertEquals(new CloseStatus(1000, "bye"), peer.closed().toCompletableFuture().join());
    assertEquals(Category.LOST, failure(transport.send("late")).category());
  }

  @Test
  void aPeerRefusesClosesOrBreaksTheConnection() {
    transports.accept(request -> InMemoryPeer.refusing(401));
    transports.open(request(Runnable::run), recorder);
    transports.accept(request -> InMemoryPeer.accepting());
    transports.open(request(Runnable::run), recorder);
    transports.open(request(Runnable::run), recorder);
    transports.next();
    transports.next().close(1012, "restart");
    transports.next().cut();

    assertEquals(
        List.of(
            "failed UPGRADE_REJECTED 401", "open", "open", "closed 1012 restart", "failed LOST 0"),
        recorder.calls);
  }

  @Test
  void aStalledPeerFillsTheQueueAndTakesItAllWhenItResumes() {
    Transport transport = transports.open(request(Runnable::run), recorder);
    InMemoryPeer peer = transports.next();
    peer.stall();
    CompletionStage<Void> first = transport.send("1");
    transport.send("2");
    assertEquals(Category.QUEUE_FULL, failure(transport.send("3")).category());
    assertEquals(List.of(), peer.allReceived());
    peer.resume();
    first.toCompletableFuture().join();
    assertEquals(List.of("1", "2"), peer.allReceived());
  }

  @Test
  void nothingHappensBeforeTheExecutorOfTheTestRuns() {
    Queue<Runnable> manual = new ArrayDeque<>();
    transports.accept(request -> InMemoryPeer.accepting().onOpen(peer -> peer.send("1::")));
    transports.open(request(manual::add), recorder);
    assertEquals(List.of(), recorder.calls);
    while (!manual.isEmpty()) {
      manual.remove().run();
    }
    assertEquals(List.of("open", "1::"), recorder.calls);
  }

  @Test
  void aSilentPeerOpensWhenTheTestSaysSo() {
    transports.accept(request -> InMemoryPeer.silent());
    transports.open(request(Runnable::run), recorder);
    assertEquals(List.of(), recorder.calls);
    InMemoryPeer peer = transports.next();
    peer.open();
    assertTrue(peer.isOpen());
    assertEquals(List.of("open"), recorder.calls);
    assertThrows(IllegalStateException.class, () -> peer.attach(request(Runnable::run), recorder));
  }

  private static TransportRequest request(Executor executor) {
    return new TransportRequest(
        URI.create("ws://service.test/socket.io/1/websocket/s?app=x"),
        Map.of(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        2,
        1000,
        Optional.empty(),
        Optional.empty(),
        executor);
  }

  private static TransportException failure(CompletionStage<?> stage) {
    CompletionException e =
        assertThrows(CompletionException.class, () -> stage.toCompletableFuture().join());
    return (TransportException) e.getCause();
  }

  private static final class Recorder implements TransportListener {
    final List<String> calls = new ArrayList<>();

    @Override
    public void onOpen() {
      calls.add("open");
    }

    @Override
    public void onText(String text) {
      calls.add(text);
    }

    @Override
    public void onClosed(CloseStatus status) {
      calls.add("closed " + status.code() + " " + status.reason());
    }

    @Override
    public void onFailure(TransportException failure) {
      calls.add("failed " + failure.category() + " " + failure.status());
    }
  }
}
