package io.respoke.tyrus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportRequest;
import io.respoke.spi.contract.ContractServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TyrusPoolTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** In a process of its own: connections that other tests leave behind have threads. */
  @Test
  void noThreadOfTyrusOutlivesTheLastConnectionAndTheNextOneFindsThemAgain() throws Exception {
    Process alone =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TyrusPoolTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String round = "failed REFUSED, closed 1000, []";
      assertEquals(
          List.of(round, round),
          new String(alone.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList());
    } finally {
      alone.destroyForcibly();
    }
  }

  /** Twice: a connection that is refused, one that is not, and the threads there are after that. */
  public static void main(String[] arguments) throws Exception {
    for (int round = 0; round < 2; round++) {
      String refused = openAndClose(refusing());
      try (ContractServer server = ContractServer.start()) {
        String closed = openAndClose(server.port());
        System.out.println(refused + ", " + closed + ", " + threadsOfTyrusAtRest());
      }
    }
  }

  private static int refusing() throws Exception {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return closed.getLocalPort();
    }
  }

  private static String openAndClose(int port) throws InterruptedException {
    BlockingQueue<String> end = new LinkedBlockingQueue<>();
    TransportListener listener =
        new TransportListener() {
          @Override
          public void onOpen() {}

          @Override
          public void onText(String text) {}

          @Override
          public void onClosed(CloseStatus status) {
            end.add("closed " + status.code());
          }

          @Override
          public void onFailure(TransportException failure) {
            end.add("failed " + failure.category());
          }
        };
    Transport transport =
        new TyrusTransportProvider()
            .open(
                new TransportRequest(
                    URI.create("ws://127.0.0.1:" + port + "/"),
                    Map.of(),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    10,
                    1000,
                    Optional.empty(),
                    Optional.empty(),
                    Runnable::run),
                listener);
    transport.close(1000, "");
    return String.valueOf(end.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
  }

  /** Waits until there are none, for so long. */
  private static List<String> threadsOfTyrusAtRest() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Object pause = new Object();
    List<String> names = threadsOfTyrus();
    while (!names.isEmpty() && System.nanoTime() < deadline) {
      synchronized (pause) {
        pause.wait(100);
      }
      names = threadsOfTyrus();
    }
    return names;
  }

  private static List<String> threadsOfTyrus() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(thread -> thread.getName().strip())
        .filter(name -> name.startsWith("tyrus-"))
        .sorted()
        .toList();
  }
}
