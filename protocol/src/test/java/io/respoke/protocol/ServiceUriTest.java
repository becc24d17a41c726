package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceUriTest {
  @ParameterizedTest
  @CsvSource({
    "https://api.respoke.io, https://api.respoke.io",
    "https://api.respoke.io/, https://api.respoke.io",
    "https://api.respoke.io/v1, https://api.respoke.io",
    "https://api.respoke.io/v1/, https://api.respoke.io",
    "https://api.respoke.io//v1//, https://api.respoke.io",
    "http://127.0.0.1:8080, http://127.0.0.1:8080",
    "http://127.0.0.1:8080/v1, http://127.0.0.1:8080",
    "ws://localhost:1, http://localhost:1",
    "wss://localhost/v1, https://localhost",
    "HTTPS://Example.ORG/v1, https://Example.ORG",
    "http://h:/v1, http://h",
    "http://h:65535, http://h:65535",
    "http://[::1]:8080/v1, http://[::1]:8080",
    "https://h/respoke, https://h/respoke",
    "https://h/a/b/v1, https://h/a/b",
    "https://h/a%20b/v1/, https://h/a%20b",
    "https://h/v11, https://h/v11",
    "https://h/v1/more, https://h/v1/more",
    "'  https://h/v1  ', https://h"
  })
  void takesEveryFormOfTheBaseUrl(String baseUrl, String root) {
    assertEquals(URI.create(root), ServiceUri.of(baseUrl).root());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.respoke.io",
        "localhost:8080",
        "/v1",
        "ftp://h",
        "http:",
        "http:h",
        "http:///v1",
        "http://",
        "http://h:port",
        "http://h:-1",
        "http://h:65536",
        "http://h?a=b",
        "http://h#f",
        "http://user:T0P@h",
        "http://user:T0P@h h/",
        "gopher://user:T0P@h",
        "http://h h",
        "http://%zz",
        "https://h/?app-token=T0P"
      })
  void refusesWhatIsNoBaseUrlWithoutRepeatingSecrets(String baseUrl) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ServiceUri.of(baseUrl));
    assertFalse(e.getMessage().contains("T0P"), e.getMessage());
    assertNull(e.getCause());
  }

  @Test
  void makesTheAddressesOfAService() {
    ServiceUri service = ServiceUri.of("https://h:8443/base/v1");
    assertEquals(URI.create("https://h:8443/base/v1/tokens"), service.http(Paths.TOKENS));
    Map<String, String> query =
        ServiceUri.query(CredentialKind.APP_TOKEN, "5E0F", "Respoke-JVM/1 (Linux)");
    assertEquals(
        URI.create(
            "https://h:8443/base/socket.io/1/?__sails_io_sdk_version=0.10.0&app-token=5E0F"
                + "&Respoke-SDK=Respoke-JVM%2F1%20%28Linux%29"),
        service.handshake(query));
    assertEquals(
        URI.create(
            "wss://h:8443/base/socket.io/1/websocket/a%2Fb?__sails_io_sdk_version=0.10.0"
                + "&app-token=5E0F&Respoke-SDK=Respoke-JVM%2F1%20%28Linux%29"),
        service.webSocket("a/b", query));
    assertEquals(
        "ws://h/socket.io/1/websocket/s?",
        ServiceUri.of("http://h").webSocket("s", Map.of()).toString());
  }

  @Test
  void namesTheParameterOfEachCredential() {
    for (CredentialKind kind : CredentialKind.values()) {
      Map<String, String> query = ServiceUri.query(kind, "=&+% ", "sdk");
      assertEquals("=&+% ", query.get(kind.header().toLowerCase(Locale.ROOT)));
      assertEquals(
          "__sails_io_sdk_version=0.10.0&" + kind.parameter() + "=%3D%26%2B%25%20&Respoke-SDK=sdk",
          ServiceUri.of("http://h").handshake(query).getRawQuery());
    }
  }
}
