package io.respoke.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What the program makes of its arguments and its properties file. */
class ServiceMainTest {
  @Test
  void thePropertiesFileSetsOptions() throws Exception {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "port", "0",
            "app.id", "my-app",
            "app.secret", "my-secret",
            "app.developmentMode", "true",
            "rateLimit", "off",
            "admin.root", "pw",
            "turn.secret", "s",
            "turn.uris", "turn:a, turn:b"));
    ServiceOptions.Builder options = ServiceOptions.builder();
    assertTrue(ServiceProperties.apply(properties, options));
    try (RespokeService service = RespokeService.start(options.build())) {
      assertEquals("my-app", service.app().id());
      assertEquals("my-secret", service.app().secret());
      HttpResponse<String> turn =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(service.baseUrl().resolve("/v1/turn"))
                      .header("App-Secret", "my-secret")
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertTrue(turn.body().contains("\"turn:b\""), turn.body());
    }
    Properties wrong = new Properties();
    wrong.setProperty("prot", "1");
    assertEquals(
        "unknown property prot",
        assertThrows(
                IllegalArgumentException.class,
                () -> ServiceProperties.apply(wrong, ServiceOptions.builder()))
            .getMessage());
  }

  @Test
  void theProgramSaysWhatIsMissing() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        ServiceMain.run(
            new String[] {"--port", "0"},
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err));
    assertEquals(2, code);
    assertTrue(err.toString().startsWith("there is no app"), err.toString());
  }
}
