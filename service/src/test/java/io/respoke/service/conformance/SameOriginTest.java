package io.respoke.service.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.RespokeService;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mobile SDKs want TLS, with REST and socket on one origin. */
class SameOriginTest extends Conformance {
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  private Path keyStore() throws Exception {
    Path file = folder.resolve("service.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "service",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertTrue(keytool.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, keytool.exitValue(), Files.readString(folder.resolve("keytool.log")));
    return file;
  }

  private static HttpClient trusting(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static String body(HttpClient http, URI uri, String json) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
    if (json != null) {
      request.header("Content-Type", "application/json");
      request.POST(HttpRequest.BodyPublishers.ofString(json));
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  @Test
  @DisplayName("R-13, A HTTP 7: serves REST and socket over TLS on one origin")
  void servesTls() throws Exception {
    Path file = keyStore();
    restart(options().tlsKeyStore(file, PASSWORD));
    RespokeService secure = service;
    URI base = secure.baseUrl();
    assertEquals("https", base.getScheme());
    HttpClient http = trusting(file);
    String minted =
        body(
            http,
            base.resolve("/v1/tokens"),
            "{\"appId\":\"" + APP_ID + "\",\"endpointId\":\"alice\"}");
    String tokenId = Json.parseObject(minted).getString("tokenId");
    String opened =
        body(http, base.resolve("/v1/session-tokens"), "{\"tokenId\":\"" + tokenId + "\"}");
    String token = Json.parseObject(opened).getString("token");
    String handshake =
        body(http, base.resolve("/socket.io/1/?" + MODERN + "app-token=" + token), null);
    URI socketUri =
        URI.create(
            "wss://"
                + base.getAuthority()
                + "/socket.io/1/websocket/"
                + handshake.substring(0, handshake.indexOf(':')));
    LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
    WebSocket socket =
        http.newWebSocketBuilder().buildAsync(socketUri, new Collector(texts)).join();
    assertEquals("1::", texts.poll(5, TimeUnit.SECONDS));
    socket
        .sendText("5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}", true)
        .join();
    assertTrue(String.valueOf(texts.poll(5, TimeUnit.SECONDS)).startsWith("6:::1+"));
    socket.abort();
  }

  private record Collector(LinkedBlockingQueue<String> texts) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      texts.add(data.toString());
      webSocket.request(1);
      return null;
    }
  }
}
