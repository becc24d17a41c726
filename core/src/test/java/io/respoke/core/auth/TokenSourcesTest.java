package io.respoke.core.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AppSecretTokens;
import io.respoke.AuthenticationException;
import io.respoke.BrokerTokens;
import io.respoke.ConnectFailedException;
import io.respoke.RequestRejectedException;
import io.respoke.RoleRef;
import io.respoke.Token;
import io.respoke.TokenRequest;
import io.respoke.core.http.HttpGateway;
import io.respoke.core.http.HttpReply;
import io.respoke.protocol.Json;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSourcesTest {
  private static final URI BROKER = URI.create("https://shop.test/api/tokens");
  private final List<String> sent = new ArrayList<>();
  private HttpReply reply = new HttpReply(200, null, Map.of(), "{\"tokenId\":\"t\"}");

  private final HttpGateway http =
      (method, uri, headers, body, limit) -> {
        sent.add(
            method + " " + uri + " " + headers + " " + Json.write(body) + " " + limit.toMillis());
        return CompletableFuture.completedFuture(reply);
      };

  private static TokenRequest request(String appId, String endpointId) {
    return new TokenRequest(
        "http://service.test",
        Optional.ofNullable(appId),
        Optional.ofNullable(endpointId),
        1,
        Optional.empty(),
        Duration.ofSeconds(10));
  }

  private Throwable failure(GatewayTokens source) {
    CompletableFuture<Token> token =
        CompletableFuture.completedFuture("")
            .thenCompose(x -> source.token(http, request("app", "joe")));
    return assertThrows(CompletionException.class, token::join).getCause();
  }

  private void answer(int status, String text) {
    reply = new HttpReply(status, "r-1", Map.of(), text);
  }

  @Test
  void aSecretMintsForTheEndpointWithRoleAndTtl() {
    GatewayTokens byId =
        MintedTokens.withSecret(
            new AppSecretTokens(
                Optional.of("own-app"), "secret", RoleRef.id("r1"), Duration.ofMinutes(1)));
    GatewayTokens byName =
        MintedTokens.withSecret(AppSecretTokens.of("secret", RoleRef.name("guest")));

    assertEquals(Token.of("t"), byId.token(http, request("app", "joe")).join());
    byName.token(http, request(null, "joe")).join();

    assertEquals(
        List.of(
            "post http://service.test/v1/tokens {App-Secret=secret} {\"appId\":\"own-app\","
                + "\"endpointId\":\"joe\",\"ttl\":60,\"roleId\":\"r1\"} 10000",
            "post http://service.test/v1/tokens {App-Secret=secret} {\"endpointId\":\"joe\","
                + "\"ttl\":21600,\"roleName\":\"guest\"} 10000"),
        sent);
  }

  @Test
  void developmentModeMintsWithoutACredential() {
    MintedTokens.developmentMode().token(http, request("app", "joe")).join();
    assertEquals(
        List.of(
            "post http://service.test/v1/tokens {} {\"appId\":\"app\",\"endpointId\":\"joe\","
                + "\"ttl\":21600} 10000"),
        sent);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, joe", "app, -"})
  void developmentModeNeedsAnAppAndAnEndpoint(String appId, String endpointId) {
    CompletableFuture<Token> token =
        MintedTokens.developmentMode().token(http, request(appId, endpointId));
    assertInstanceOf(
        AuthenticationException.class,
        assertThrows(CompletionException.class, token::join).getCause());
    assertEquals(List.of(), sent);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void refusedCredentialsEndTheRetries(int status) {
    answer(status, "{\"error\":\"no\"}");
    for (GatewayTokens source :
        List.of(
            MintedTokens.withSecret(AppSecretTokens.of("s3cr3t", RoleRef.appDefault())),
            MintedTokens.developmentMode(),
            new BrokeredTokens(BrokerTokens.of(BROKER)))) {
      Throwable failure = failure(source);
      assertInstanceOf(AuthenticationException.class, failure);
      assertTrue(failure.getMessage().contains("no"), failure.getMessage());
      assertFalse(failure.getMessage().contains("s3cr3t"), failure.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 429, 500, 503})
  void otherRefusalsAreWorthAnotherTry(int status) {
    answer(status, "<html>no</html>");
    for (GatewayTokens source :
        List.of(MintedTokens.developmentMode(), new BrokeredTokens(BrokerTokens.of(BROKER)))) {
      assertEquals(
          status, assertInstanceOf(RequestRejectedException.class, failure(source)).status());
    }
  }

  @Test
  void aBrokerIsAskedWithItsHeadersAndGivesATokenUnderEitherName() {
    List<String> sessions = new ArrayList<>(List.of("a", "b"));
    GatewayTokens source =
        new BrokeredTokens(
            new BrokerTokens(BROKER, () -> Map.of("Cookie", "s=" + sessions.remove(0))));

    answer(200, "{\"token\":\"one\"}");
    assertEquals(Token.of("one"), source.token(http, request("app", "joe")).join());
    answer(200, "{\"tokenId\":\"two\",\"more\":1}");
    assertEquals(Token.of("two"), source.token(http, request(null, null)).join());

    assertEquals(
        List.of(
            "post " + BROKER + " {Cookie=s=a} {\"endpointId\":\"joe\",\"appId\":\"app\"} 10000",
            "post " + BROKER + " {Cookie=s=b} {} 10000"),
        sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "[]", "{}", "{\"token\":\"\"}", "{\"token\":[]}"})
  void anAnswerWithoutATokenIsAFailureThatSaysSo(String text) {
    answer(200, text);
    Throwable failure = failure(new BrokeredTokens(BrokerTokens.of(BROKER)));
    assertTrue(failure.getMessage().contains("token"), failure.getMessage());
    assertTrue(failure.getMessage().contains("200"), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "[]", "{}"})
  void aServiceThatMintsNothingIsAFailureToo(String text) {
    answer(200, text);
    assertEquals(
        ConnectFailedException.Category.PROTOCOL,
        assertInstanceOf(ConnectFailedException.class, failure(MintedTokens.developmentMode()))
            .category());
  }
}
