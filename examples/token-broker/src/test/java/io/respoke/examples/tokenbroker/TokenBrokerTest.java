package io.respoke.examples.tokenbroker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AdminOptions;
import io.respoke.AuthenticationException;
import io.respoke.BrokerTokens;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.Tokens;
import io.respoke.event.ConnectionFailed;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TokenBrokerTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json;charset=UTF-8";

  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
  private final HttpClient http = HttpClient.newHttpClient();
  private TokenBroker broker;

  @BeforeEach
  void startBroker(RespokeService service) {
    broker =
        Settings.broker(
            Map.of(
                "RESPOKE_BASE_URL", service.baseUrl().toString(),
                "RESPOKE_APP_SECRET", service.app().secret(),
                "BROKER_PORT", "0",
                "BROKER_USERS", "ada:lovelace,grace:hopper",
                "BROKER_ORIGINS", "https://chat.example"),
            out);
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void theDemoTellsItsStory() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Settings.run(
        new String[] {"--demo"}, Map.of(), new PrintStream(bytes, true, StandardCharsets.UTF_8));

    String story = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(story.contains("a stranger: 401"), story);
    assertTrue(story.contains("ada may not be grace."), story);
    assertTrue(story.contains("connected as ada"), story);
    assertTrue(story.contains("connected again, with another token"), story);
    assertEquals(3, story.split("broker: ada gets a token for ada", -1).length, story);
    assertTrue(story.endsWith("token-broker: ok" + System.lineSeparator()), story);
  }

  @Test
  void takesFormsAndJsonAndAnswersWithBothNames() throws Exception {
    String bearer = bearer("ada", "lovelace");
    for (HttpResponse<String> answer :
        List.of(
            tokens(FORM, "endpointId=ada", bearer),
            tokens(JSON, "{\"endpointId\":\"ada\"}", bearer),
            tokens(FORM, "", bearer))) {
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
      JsonObject json = json(answer);
      assertEquals(json.getString("token"), json.getString("tokenId"));
      assertEquals("ada", json.getString("endpointId"));
      assertFalse(log.toString(StandardCharsets.UTF_8).contains(json.getString("token")));
    }
  }

  @Test
  void refusesStrangersAndWhoWantsToBeSomebodyElse() throws Exception {
    assertEquals(401, tokens(FORM, "endpointId=ada", "").statusCode());
    assertEquals(401, tokens(FORM, "endpointId=ada", "made-up").statusCode());
    assertEquals(403, tokens(FORM, "endpointId=grace", bearer("ada", "lovelace")).statusCode());
    assertEquals(401, post("api/login", FORM, "user=ada&password=hopper", "").statusCode());
    assertEquals(401, post("api/login", FORM, "user=eve&password=lovelace", "").statusCode());
    assertEquals(400, post("api/login", FORM, "user=ada&password=", "").statusCode());
  }

  @Test
  void refusesEverybodyWhenNothingIsConfigured(RespokeService service) throws Exception {
    try (TokenBroker closed =
        new TokenBroker(
            new InetSocketAddress("127.0.0.1", 0),
            Respoke.admin(
                AdminOptions.builder()
                    .baseUrl(service.baseUrl())
                    .appSecret(service.app().secret())
                    .build()),
            service.baseUrl().toString(),
            Logins.of("ada:lovelace"),
            TokenPolicy.REFUSE_ALL,
            Set.of(),
            out)) {
      TokenBroker open = broker;
      broker = closed;
      try {
        assertEquals(403, tokens(FORM, "", bearer("ada", "lovelace")).statusCode());
      } finally {
        broker = open;
      }
    }
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws Exception {
    String bearer = bearer("ada", "lovelace");
    assertEquals(400, tokens(JSON, "[]", bearer).statusCode());
    assertEquals(400, tokens(FORM, "endpointId=%zz", bearer).statusCode());
    assertEquals(415, tokens("text/plain", "ada", bearer).statusCode());
    assertEquals(413, tokens(FORM, "a=" + "a".repeat(10_000), bearer).statusCode());
    assertEquals(404, post("api/tokens/more", FORM, "", bearer).statusCode());
    assertEquals(405, send(HttpRequest.newBuilder(broker.url().resolve("api/tokens"))));
  }

  @Test
  void onlyPagesOfKnownOriginsMayReadAnswers() throws Exception {
    assertEquals("https://chat.example", allowedOrigin("https://chat.example"));
    assertEquals("", allowedOrigin("https://evil.example"));
  }

  @Test
  void saysNothingOfTheServicesTroubleButThatThereIsOne(RespokeService service) throws Exception {
    service.hooks().refuseRoute("post", "/v1/tokens", 500, null, 1);
    HttpResponse<String> answer = tokens(FORM, "", bearer("ada", "lovelace"));
    assertEquals(502, answer.statusCode());
    assertEquals("There are no tokens at the moment.", json(answer).getString("error"));
  }

  @Test
  void aClientStopsTryingWhenTheBrokerRefuses(RespokeService service) throws Exception {
    LinkedBlockingQueue<ConnectionFailed> failures = new LinkedBlockingQueue<>();
    BrokerTokens tokens = BrokerTokens.of(broker.url().resolve("api/tokens"));
    try (Client stranger =
        Respoke.createClient(
            ClientOptions.builder()
                .baseUrl(service.baseUrl())
                .tokenProvider(Tokens.broker(tokens))
                .on(ConnectionFailed.class, failures::add)
                .build())) {
      CompletionException failure =
          assertThrows(
              CompletionException.class,
              () ->
                  stranger.connect().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join());
      assertInstanceOf(AuthenticationException.class, failure.getCause());
      ConnectionFailed event = failures.poll(20, TimeUnit.SECONDS);
      assertFalse(event == null || event.willRetry());
    }
  }

  @Test
  void servesAPageThatAsksIt() throws Exception {
    HttpResponse<String> page =
        http.send(
            HttpRequest.newBuilder(broker.url()).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("post('api/tokens'"), page.body());
  }

  private String bearer(String user, String password) throws Exception {
    HttpResponse<String> answer =
        post("api/login", FORM, "user=" + user + "&password=" + password, "");
    assertEquals(200, answer.statusCode(), answer.body());
    return json(answer).getString("bearer");
  }

  private HttpResponse<String> tokens(String type, String body, String bearer) throws Exception {
    return post("api/tokens", type, body, bearer);
  }

  private HttpResponse<String> post(String path, String type, String body, String bearer)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(broker.url().resolve(path))
            .header("Content-Type", type)
            .header("Authorization", "Bearer " + bearer)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private int send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private String allowedOrigin(String origin) throws Exception {
    HttpResponse<Void> answer =
        http.send(
            HttpRequest.newBuilder(broker.url().resolve("api/tokens"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .build(),
            HttpResponse.BodyHandlers.discarding());
    assertEquals(204, answer.statusCode());
    return answer.headers().firstValue("Access-Control-Allow-Origin").orElse("");
  }

  private static JsonObject json(HttpResponse<String> answer) {
    try (var reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }
}
