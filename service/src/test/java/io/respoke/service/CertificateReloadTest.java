package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is renewed while the service runs. */
@Tag("slow")
class CertificateReloadTest {
  private final ManualServiceClock clock = new ManualServiceClock();

  /** Takes every certificate: it is only looked at. */
  private static final class Curious implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static SSLSocket connect(RespokeService service) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new Curious()}, null);
    SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", service.port());
    socket.setSoTimeout(5_000);
    socket.startHandshake();
    return socket;
  }

  private static String shown(RespokeService service) throws Exception {
    try (SSLSocket socket = connect(service)) {
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    }
  }

  /** Moves the clock until the service has looked at the files, which it does elsewhere. */
  private void awaitShown(RespokeService service, String name) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!shown(service).equals(name)) {
      assertTrue(System.nanoTime() < end, () -> name + " is not shown");
      clock.advance(Duration.ofMinutes(1));
    }
  }

  @Test
  void aNewCertificateIsShownToNewConnections(@TempDir Path directory) throws Exception {
    Path store = directory.resolve("store.p12");
    KeyStores.make(store, "first");
    ServiceOptions options =
        ServiceOptions.builder()
            .tlsKeyStore(store, KeyStores.PASSWORD)
            .requestTimeout(Duration.ofDays(1)) // so that the clock can be moved
            .clock(clock)
            .build();
    try (RespokeService service = RespokeService.start(options);
        SSLSocket before = connect(service)) {
      assertEquals("CN=first", shown(service));

      KeyStores.make(store, "second-and-longer");
      awaitShown(service, "CN=second-and-longer");

      before
          .getOutputStream()
          .write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals('H', before.getInputStream().read(), "the old connection goes on");
    }
  }

  @Test
  void aFileThatCannotBeReadChangesNothing(@TempDir Path directory) throws Exception {
    Path store = directory.resolve("store.p12");
    KeyStores.make(store, "first");
    ServiceOptions options =
        ServiceOptions.builder().tlsKeyStore(store, KeyStores.PASSWORD).clock(clock).build();
    try (RespokeService service = RespokeService.start(options)) {
      Files.writeString(store, "no key store");
      for (int i = 0; i < 20; i++) {
        clock.advance(Duration.ofMinutes(1));
        assertEquals("CN=first", shown(service));
      }
      Files.delete(store);
      clock.advance(Duration.ofMinutes(1));
      assertEquals("CN=first", shown(service));

      KeyStores.make(store, "second");
      awaitShown(service, "CN=second");
    }
  }
}
