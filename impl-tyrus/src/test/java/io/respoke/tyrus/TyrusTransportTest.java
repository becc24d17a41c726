package io.respoke.tyrus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.Transport;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportListener;
import io.respoke.spi.TransportRequest;
import io.respoke.spi.contract.ContractServer;
import io.respoke.spi.contract.ServerPeer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TyrusTransportTest {
  private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

  @Test
  void pathAndQueryArriveAsTheyWereEncoded() throws Exception {
    try (ContractServer server = ContractServer.start()) {
      String target = "/a%2Fb/c%20d?token=a%26b%3Dc%2Bd%0D%0AX-Evil:%201&n=%25+";
      Transport transport = open(URI.create("ws://127.0.0.1:" + server.port() + target));

      ServerPeer peer = server.next();
      assertEquals("GET " + target + " HTTP/1.1", peer.requestLine());
      assertEquals("", peer.header("X-Evil"));
      assertEquals("open", next());
      transport.close(1000, "");
      assertEquals("closed 1000", next());
    }
  }

  private Transport open(URI uri) {
    TransportRequest request =
        new TransportRequest(
            uri,
            Map.of(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            10,
            1000,
            Optional.empty(),
            Optional.empty(),
            Runnable::run);
    return new TyrusTransportProvider().open(request, new Recorder());
  }

  private String next() throws InterruptedException {
    return calls.poll(10, TimeUnit.SECONDS);
  }

  private final class Recorder implements TransportListener {
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
      calls.add("closed " + status.code());
    }

    @Override
    public void onFailure(TransportException failure) {
      calls.add("failed " + failure.category());
    }
  }
}
