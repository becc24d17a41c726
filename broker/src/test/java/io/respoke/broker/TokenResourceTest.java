package io.respoke.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AuthenticationException;
import io.respoke.BrokerTokens;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.TokenSpec;
import io.respoke.Tokens;
import io.respoke.event.Reconnected;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Path;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TokenResourceTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json;charset=UTF-8";
  private static final Duration TTL = Duration.ofHours(8);
  private static final BlockingQueue<TokenEvent> AUDIT = new LinkedBlockingQueue<>();

  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  private final StringBuffer log = new StringBuffer();
  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger("io.respoke");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          log.append(line.getMessage()).append(line.getThrown()).append('\n');
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** Everybody is who they are; an administrator is anybody. */
  @ApplicationScoped
  public static class Policy implements TokenPolicy {
    @Override
    public TokenDecision decide(TokenQuery query) {
      if (query.isInRole("admin")) {
        return TokenDecision.grant(
            new TokenSpec(query.endpointId().orElse("root"), RoleRef.appDefault(), TTL));
      }
      if (query.endpointId().equals(Optional.of("boom"))) {
        throw new IllegalStateException("the directory is gone");
      }
      return TokenPolicy.ownName(RoleRef.appDefault(), TTL).decide(query);
    }
  }

  /** A policy that a producer makes; with {@link Policy} one too many. */
  @ApplicationScoped
  public static class Producing {
    /** Everybody is who they are. */
    @Produces
    TokenPolicy policy() {
      return TokenPolicy.ownName(RoleRef.name("no such role"), TTL);
    }
  }

  /** Remembers, and cannot write down what concerns eve. */
  @ApplicationScoped
  public static class Audit {
    void told(@Observes TokenEvent event) {
      AUDIT.add(event);
      if (event.toString().contains("eve")) {
        throw new IllegalStateException("the audit's disk is full");
      }
    }
  }

  /** The same somewhere else. */
  @Path("/login/respoke")
  public static class Elsewhere extends TokenResource {}

  @BeforeEach
  void listen() {
    AUDIT.clear();
    ours.setLevel(Level.ALL);
    root.addHandler(handler);
  }

  @AfterEach
  void listenNoMore() {
    root.removeHandler(handler);
    ours.setLevel(null);
  }

  @Test
  void aClientConnectsAndComesBackWithTokensOfItsOwn(RespokeService service) {
    try (BrokerApplication broker = BrokerApplication.start(service, Policy.class, Audit.class);
        Client client =
            Respoke.createClient(
                ClientOptions.builder()
                    .baseUrl(service.baseUrl())
                    .tokenProvider(
                        Tokens.broker(
                            new BrokerTokens(
                                broker.url("/api/tokens"),
                                () -> Map.of("Authorization", "Bearer ada"))))
                    .build())) {
      CompletableFuture<Reconnected> back = new CompletableFuture<>();
      client.listen(Reconnected.class, back::complete);
      await(client.connect());
      assertEquals(Optional.of("ada"), client.endpointId());
      assertEquals(1, service.hooks().dropConnections("ada"));
      await(back);
      assertEquals(Optional.of("ada"), client.endpointId());
      assertEquals(2, AUDIT.size());
    }
  }

  @Test
  void aClientStopsTryingWhenItIsRefused(RespokeService service) {
    try (BrokerApplication broker = BrokerApplication.start(service);
        Client client =
            Respoke.createClient(
                ClientOptions.builder()
                    .baseUrl(service.baseUrl())
                    .tokenProvider(Tokens.broker(BrokerTokens.of(broker.url("/api/tokens"))))
                    .build())) {
      CompletionException failure =
          assertThrows(CompletionException.class, () -> await(client.connect()));
      assertInstanceOf(AuthenticationException.class, failure.getCause());
    }
  }

  @Test
  void takesFormsAndJsonAndAnswersWithBothNames(RespokeService service) throws Exception {
    try (BrokerApplication broker = BrokerApplication.start(service, Policy.class, Audit.class)) {
      for (HttpResponse<String> answer :
          List.of(
              broker.post(FORM, "endpointId=ada", "ada"),
              broker.post(JSON, "{\"endpointId\":\"ada\",\"appId\":null}", "ada"),
              broker.post(JSON, "{}", "ada"),
              broker.post(FORM, "", "ada"),
              broker.post("", "", "ada"))) {
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
        JsonObject json = json(answer);
        assertEquals(json.getString("token"), json.getString("tokenId"));
        assertEquals("ada", json.getString("endpointId"));
        TokenIssued issued = assertInstanceOf(TokenIssued.class, AUDIT.remove());
        assertEquals("ada", issued.caller());
        assertEquals("ada", issued.endpointId());
        assertEquals(RoleRef.appDefault(), issued.role());
        assertEquals(TTL, issued.ttl());
        assertEquals(json.getString("expiresAt"), issued.expiresAt().toString());
        assertFalse(issued.toString().contains(json.getString("token")));
        assertFalse(log.toString().contains(json.getString("token")), log::toString);
      }
      assertFalse(log.toString().contains(service.app().secret()), log::toString);
    }
  }

  @Test
  void thePolicyKnowsTheCallersRoles(RespokeService service) throws Exception {
    try (BrokerApplication broker = BrokerApplication.start(service, Policy.class)) {
      assertEquals(
          "ada", json(broker.post(FORM, "endpointId=ada", "grace")).getString("endpointId"));
      assertEquals(403, broker.post(FORM, "endpointId=grace", "ada").statusCode());
    }
  }

  @Test
  void whoeverGetsNoneIsToldWhyInFewWordsAndTheApplicationInMore(RespokeService service)
      throws Exception {
    try (BrokerApplication broker = BrokerApplication.start(service, Policy.class, Audit.class)) {
      refused(broker.post(FORM, "endpointId=ada", ""), 401, "", "", "Log in first.");
      refused(broker.post(FORM, "endpointId=ada", " "), 401, "", "", "Log in first.");
      refused(broker.post(FORM, "endpointId=grace", "ada"), 403, "ada", "grace", "somebody else");
      refused(broker.post(JSON, "[]", "ada"), 400, "ada", "", "no JSON object");
      refused(broker.post(JSON, "{\"endpointId\":7}", "ada"), 400, "ada", "", "must be text");
      refused(broker.post(FORM, "endpointId=%zz", "ada"), 400, "ada", "", "no form");
      refused(broker.post("text/plain", "ada", "ada"), 415, "ada", "", "Send a form");
      refused(broker.post(FORM, "a=" + "a".repeat(Fields.LIMIT), "ada"), 413, "ada", "", "8192");
    }
  }

  private static void refused(
      HttpResponse<String> answer, int status, String caller, String endpointId, String reason) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
    assertFalse(json(answer).getString("error").isEmpty());
    TokenRefused refused = assertInstanceOf(TokenRefused.class, AUDIT.remove());
    assertEquals(status, refused.status());
    assertEquals(caller, refused.caller().orElse(""));
    assertEquals(endpointId, refused.endpointId().orElse(""));
    assertTrue(refused.reason().contains(reason), refused::toString);
  }

  @Test
  void refusesEverybodyWithoutAPolicyAndWithTwo(RespokeService service) throws Exception {
    try (BrokerApplication broker = BrokerApplication.start(service, Audit.class)) {
      refused(broker.post(FORM, "", "ada"), 403, "ada", "", "no TokenPolicy bean");
    }
    assertTrue(log.toString().contains("There is no TokenPolicy bean"), log::toString);
    try (BrokerApplication broker =
        BrokerApplication.start(service, Audit.class, Policy.class, Producing.class)) {
      refused(broker.post(FORM, "", "ada"), 403, "ada", "", "more than one TokenPolicy bean");
    }
  }

  @Test
  void saysNothingOfTheServicesTroubleButThatThereIsOne(RespokeService service) throws Exception {
    try (BrokerApplication broker = BrokerApplication.start(service, Policy.class, Audit.class)) {
      service.hooks().refuseRoute("post", "/v1/tokens", 500, null, 1);
      HttpResponse<String> answer = broker.post(FORM, "", "ada");
      assertEquals("There are no tokens at the moment.", json(answer).getString("error"));
      refused(answer, 502, "ada", "", "500");
      service.hooks().refuseRoute("post", "/v1/tokens", 503, null, 1);
      refused(broker.post(FORM, "", "ada"), 503, "ada", "", "503");
      assertFalse(log.toString().contains(service.app().secret()), log::toString);
    }
    try (BrokerApplication broker =
        BrokerApplication.start(service, Producing.class, Audit.class)) {
      refused(broker.post(FORM, "", "ada"), 502, "ada", "", "404");
    }
  }

  @Test
  void asksLaterWhenTheServiceIsGone() throws Exception {
    RespokeService service = RespokeService.start(io.respoke.service.ServiceOptions.defaults());
    try (BrokerApplication broker = BrokerApplication.start(service, Policy.class, Audit.class)) {
      service.close();
      refused(broker.post(FORM, "", "ada"), 503, "ada", "", "No answer");
    }
  }

  @Test
  void nobodyGetsATokenThatThePolicyOrTheAuditFailedOver(RespokeService service) throws Exception {
    try (BrokerApplication broker = BrokerApplication.start(service, Policy.class, Audit.class)) {
      refused(broker.post(FORM, "endpointId=boom", "ada"), 500, "ada", "boom", "directory is gone");
      HttpResponse<String> answer = broker.post(FORM, "", "eve");
      assertInstanceOf(TokenIssued.class, AUDIT.remove());
      refused(answer, 500, "eve", "", "disk is full");
      assertFalse(answer.body().contains("token\""), answer::body);
    }
  }

  @Test
  void anotherPathIsASubclass(RespokeService service) throws Exception {
    try (BrokerApplication broker =
        BrokerApplication.start(service, Policy.class, Elsewhere.class)) {
      assertEquals(200, broker.post("/login/respoke", FORM, "", "ada").statusCode());
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static JsonObject json(HttpResponse<String> answer) {
    try (var reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }
}
