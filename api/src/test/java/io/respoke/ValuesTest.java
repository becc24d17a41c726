package io.respoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.event.RestoreReport;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValuesTest {
  private static final String SECRET = "s3cr3t";

  static List<Object> secretive() {
    return List.of(
        Token.of(SECRET),
        new Token(Token.Kind.APP_SECRET, SECRET),
        new MintedToken(SECRET, "joe", Optional.empty(), Instant.EPOCH),
        AppSecretTokens.of(SECRET, RoleRef.appDefault()),
        new BrokerTokens(URI.create("https://x/api/tokens"), () -> Map.of("Authorization", SECRET)),
        new ProxyOptions("proxy", 1, Optional.of(SECRET)),
        new App("id", "n", "d", true, Optional.of(SECRET), JsonValue.EMPTY_JSON_OBJECT),
        AdminOptions.builder().appSecret(SECRET).adminToken(SECRET).build(),
        ClientOptions.builder().token(SECRET).header("X", SECRET).build(),
        ConnectOptions.token(SECRET));
  }

  @ParameterizedTest
  @MethodSource("secretive")
  void noValueShowsItsSecret(Object value) {
    assertFalse(value.toString().contains(SECRET), value.toString());
  }

  static List<Executable> invalid() {
    return List.of(
        () -> Token.of(" "),
        () -> TokenSpec.of("", RoleRef.appDefault()),
        () -> new TokenSpec("joe", RoleRef.appDefault(), Duration.ofMillis(999)),
        () -> AppSecretTokens.of("", RoleRef.appDefault()),
        () -> new AppSecretTokens(Optional.empty(), "s", RoleRef.appDefault(), Duration.ZERO),
        () -> new RoleRef(Optional.of("id"), Optional.of("name")),
        () -> HistoryQuery.newest(0),
        () -> ProxyOptions.of("", 80),
        () -> ProxyOptions.of("x", 0),
        () -> ProxyOptions.of("x", 65_536),
        () -> BrokerTokens.of(URI.create("ftp://x")),
        () -> BrokerTokens.of(URI.create("/relative")),
        () -> AdminOptions.builder().requestTimeout(Duration.ZERO),
        () -> Role.named(" "));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void whatCannotWorkIsRefused(Executable making) {
    assertThrows(IllegalArgumentException.class, making);
  }

  @Test
  void onlyABrokersTokenIsForOneUse() {
    for (Token.Kind kind : Token.Kind.values()) {
      assertEquals(kind == Token.Kind.TOKEN_ID, new Token(kind, "x").isSingleUse());
    }
  }

  private static TokenRequest request() {
    return new TokenRequest(
        "http://x", Optional.empty(), Optional.empty(), 1, Optional.empty(), Duration.ofSeconds(1));
  }

  @Test
  void aFixedTokenIsGivenOutOnceAndASessionAgainAndAgain() {
    TokenProvider bare = Tokens.fixed(Token.of("t"));
    assertEquals(Token.of("t"), bare.token(request()).toCompletableFuture().join());
    CompletionException again =
        assertThrows(
            CompletionException.class, () -> bare.token(request()).toCompletableFuture().join());
    assertInstanceOf(AuthenticationException.class, again.getCause());

    TokenProvider session = Tokens.fixed(new Token(Token.Kind.SESSION_TOKEN, "s"));
    assertSame(
        session.token(request()).toCompletableFuture().join(),
        session.token(request()).toCompletableFuture().join());
  }

  @Test
  void blockingCodeMakesATokenProviderWhateverItThrows() {
    TokenProvider good = TokenProvider.from(r -> "for attempt " + r.attempt());
    assertEquals(Token.of("for attempt 1"), good.token(request()).toCompletableFuture().join());

    TokenProvider bad =
        TokenProvider.from(
            r -> {
              throw new java.io.IOException("no broker");
            });
    assertTrue(bad.token(request()).toCompletableFuture().isCompletedExceptionally());

    TokenProvider interrupted =
        TokenProvider.from(
            r -> {
              throw new InterruptedException();
            });
    assertTrue(interrupted.token(request()).toCompletableFuture().isCompletedExceptionally());
    assertTrue(Thread.interrupted(), "whoever runs it still knows");
  }

  @Test
  void aRoleSaysWhatItAllowsAndDeniesTheRest() {
    Role role =
        Role.named("guest")
            .group("lobby", Role.Permission.SUBSCRIBE, Role.Permission.PUBLISH)
            .listGroups()
            .mediaRelay()
            .pstnOut("*")
            .callerId("+15550100")
            .build();

    JsonObject lobby = role.json().getJsonObject("groups").getJsonObject("lobby");
    assertEquals(Optional.empty(), role.id());
    assertEquals("guest", role.json().getString("name"));
    assertTrue(role.json().getBoolean("mediaRelay"));
    assertTrue(role.json().getJsonObject("groups").getBoolean("list"));
    assertEquals(Role.Permission.values().length, lobby.size());
    assertTrue(lobby.getBoolean("subscribe"));
    assertTrue(lobby.getBoolean("publish"));
    assertFalse(lobby.getBoolean("create"));
    assertEquals("*", role.json().getJsonArray("pstnOut").getString(0));
    assertEquals("+15550100", role.json().getJsonArray("callerIds").getString(0));

    JsonObject everything = Role.named("all").allGroups().build().json().getJsonObject("groups");
    everything.getJsonObject("*").values().forEach(v -> assertEquals(JsonValue.TRUE, v));
  }

  @Test
  void messageOptionsAreCopiedOneByOne() {
    MessageOptions all =
        MessageOptions.defaults().withCcSelf(false).withPush(true).withPersist(true);
    assertEquals(new MessageOptions(Optional.of(false), true, true), all);
    assertEquals(new MessageOptions(Optional.empty(), false, false), MessageOptions.defaults());
  }

  @Test
  void aReportKeepsItsOwnCopies() {
    Set<String> groups = new HashSet<>(Set.of("a"));
    RestoreReport report =
        new RestoreReport(groups, Map.of(), Map.of(), List.of(), Set.of(), Map.of(), true);
    groups.add("b");
    assertEquals(Set.of("a"), report.groups());
  }

  @Test
  void withoutAnEngineTheErrorNamesTheArtifactToAdd() {
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> Respoke.createClient());
    assertTrue(error.getMessage().contains("respoke-impl-tyrus"), error.getMessage());
  }

  @Test
  void aVersionIsKnownEvenOutsideOfAJar() {
    assertFalse(Respoke.version().isBlank());
  }
}
