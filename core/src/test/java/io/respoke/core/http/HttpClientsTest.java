package io.respoke.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.respoke.ProxyOptions;
import io.respoke.core.runtime.ClientRuntime;
import io.respoke.core.runtime.ConnectLane;
import io.respoke.core.runtime.SharedRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class HttpClientsTest {
  private static HttpClient get(Executor executor) {
    return HttpClients.get(executor, Optional.empty(), Optional.empty());
  }

  @Test
  void oneClientServesEveryoneWithTheSameSettings() throws Exception {
    HttpClient plain = get(Runnable::run);
    Optional<ProxyOptions> proxy = Optional.of(ProxyOptions.of("proxy.test", 3128));
    Optional<ProxyOptions> authorized =
        Optional.of(new ProxyOptions("proxy.test", 3128, Optional.of("Bearer x")));
    HttpClient proxied = HttpClients.get(Runnable::run, Optional.empty(), proxy);
    Optional<SSLContext> tls = Optional.of(SSLContext.getInstance("TLS"));
    tls.get().init(null, null, null);

    assertSame(plain, get(Runnable::run));
    assertSame(proxied, HttpClients.get(Runnable::run, Optional.empty(), authorized));
    assertNotSame(plain, proxied);
    assertNotSame(plain, HttpClients.get(Runnable::run, tls, Optional.empty()));
  }

  @Test
  void aClientThatIsUsedAgainWorksOnTheThreadsOfItsLatestUser() throws Exception {
    HttpClient kept = get(Runnable::run); // so that it is not collected in between
    ClientRuntime runtime =
        SharedRuntime.acquire(Optional.empty(), Optional.empty(), Optional.empty(), false);
    for (int user = 0; user < 3; user++) {
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        threads.execute(() -> answer(server));
        JdkHttpGateway gateway =
            JdkHttpGateway.create(
                threads,
                runtime.scheduler(),
                new ConnectLane(threads, 1, 1),
                Optional.empty(),
                Optional.empty());

        HttpReply reply =
            gateway
                .send(
                    "get",
                    URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"),
                    Map.of(),
                    null,
                    Duration.ofSeconds(20))
                .get(20, TimeUnit.SECONDS);

        assertEquals("hello", reply.text());
      } finally {
        threads.shutdown();
      }
    }
    runtime.release().run();
    assertSame(kept, get(Runnable::run));
  }

  private static void answer(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getInputStream().read(new byte[10_000]);
      client
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
                  .getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
