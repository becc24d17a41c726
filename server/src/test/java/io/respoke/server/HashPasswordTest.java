package io.respoke.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.AppOptions;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A password goes in, a hash comes out, and the settings take it. */
@Tag("slow")
class HashPasswordTest {
  private static final String PASSWORD = " öpen sesame";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(HashPassword.Source source, String... arguments) {
    return HashPassword.run(
        List.of(arguments),
        source,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private int run(String input, String... arguments) {
    return run(
        HashPassword.line(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))),
        arguments);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static int signIn(RespokeService service, String password) throws Exception {
    JsonObject body = Json.object().add("username", "root").add("password", password).build();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(service.baseUrl().resolve("/v1/admin-sessions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  @Test
  void theHashOfAPasswordSignsInWithIt() throws Exception {
    assertEquals(0, run(PASSWORD + "\r\nanother line\n"));
    String hash = out.toString(StandardCharsets.UTF_8).strip();
    assertEquals("", said());
    assertFalse(hash.contains("sesame"), hash);
    Properties properties =
        Environment.properties(ServiceProperties.NAMES, Map.of("RESPOKE_SERVICE_ADMIN_ROOT", hash));
    ServiceOptions.Builder options = ServiceOptions.builder().app(AppOptions.builder().build());
    boolean unused = ServiceProperties.apply(properties, options);
    try (RespokeService service = RespokeService.start(options.build())) {
      assertEquals(200, signIn(service, PASSWORD));
      assertEquals(401, signIn(service, hash));
    }
  }

  @Test
  void aMalformedHashInTheSettingsIsRefusedByTheNameOfItsProperty() {
    Properties properties = new Properties();
    properties.setProperty("admin.root", "pbkdf2-sha512$210000$c2VjcmV0$c2VjcmV0");
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> ServiceProperties.apply(properties, ServiceOptions.builder()))
            .getMessage();
    assertTrue(message.startsWith("admin.root: the hash of the password is malformed"), message);
    assertTrue(message.contains("hash-password"), message);
    assertFalse(message.contains("c2VjcmV0"), message);
  }

  @Test
  void whatIsNoPasswordIsRefused() {
    assertEquals(2, run(""));
    assertEquals(2, run("  \n"));
    assertTrue(said().startsWith("there is no password"), said());
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void anArgumentIsNoPasswordAndIsNotRepeated() {
    assertEquals(2, run(PASSWORD, "s3cret"));
    assertTrue(said().contains("standard input"), said());
    assertFalse(said().contains("s3cret"), said());
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void whatCannotBeReadIsTold() {
    assertEquals(
        2,
        run(
            () -> {
              throw new IOException("the two passwords differ");
            }));
    assertTrue(said().startsWith("the two passwords differ"), said());
  }
}
