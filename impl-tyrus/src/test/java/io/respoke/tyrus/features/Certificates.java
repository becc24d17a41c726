package io.respoke.tyrus.features;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The contract tests' self-signed certificate for {@code localhost}. */
final class Certificates {
  static final String PASSWORD = "contract";
  private static final String RESOURCE = "/io/respoke/spi/contract/localhost.p12";

  private Certificates() {}

  /** The key store as a file. */
  static Path keyStore(Path directory) throws IOException {
    Path file = directory.resolve("localhost.p12");
    try (InputStream in = Certificates.class.getResourceAsStream(RESOURCE)) {
      Files.copy(in, file);
    }
    return file;
  }

  /** Trusts the certificate and nothing else. */
  static SSLContext trusting(Path keyStore) throws IOException, GeneralSecurityException {
    KeyStore server = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      server.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("localhost", server.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
