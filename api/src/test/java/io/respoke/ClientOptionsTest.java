package io.respoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.respoke.event.Connected;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOptionsTest {
  private static final TokenProvider PROVIDER =
      request -> CompletableFuture.completedFuture(Token.of("t"));

  private static ClientOptions.Builder builder() {
    return ClientOptions.builder();
  }

  static Stream<Arguments> reconnectDefaults() {
    Token session = new Token(Token.Kind.SESSION_TOKEN, "s");
    Token secret = new Token(Token.Kind.APP_SECRET, "s");
    return Stream.of(
        arguments("nothing", builder(), false),
        arguments("a bare token", builder().token("t"), false),
        arguments("a session token", builder().token(session), true),
        arguments("a secret", builder().token(secret), true),
        arguments("a provider", builder().tokenProvider(PROVIDER), true),
        arguments("a named provider", builder().tokenProvider("vault", Map.of()), true),
        arguments("development mode", builder().developmentMode(true), true),
        arguments("a token in development mode", builder().token("t").developmentMode(true), true),
        arguments("a provider, then a token", builder().tokenProvider(PROVIDER).token("t"), false),
        arguments("a token, then a provider", builder().token("t").tokenProvider(PROVIDER), true),
        arguments("off by hand", builder().developmentMode(true).reconnect(false), false),
        arguments("on by hand", builder().token("t").reconnect(true), true));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("reconnectDefaults")
  void reconnectIsOnWhereEveryAttemptCanGetACredential(
      String source, ClientOptions.Builder options, boolean reconnect) {
    assertEquals(reconnect, options.build().reconnect());
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        refused("baseUrl", b -> b.baseUrl("not a url at all\n")),
        refused("baseUrl", b -> b.baseUrl("ftp://x")),
        refused("baseUrl", b -> b.baseUrl("//x/y")),
        refused("baseUrl", b -> b.baseUrl("http:///v1")),
        refused("baseUrl", b -> b.baseUrl("http://user:secret@x")),
        refused("baseUrl", b -> b.baseUrl("http://x?app-token=secret")),
        refused("baseUrl", b -> b.baseUrl("http://x#secret")),
        refused("connectTimeout", b -> b.connectTimeout(Duration.ZERO)),
        refused("requestTimeout", b -> b.requestTimeout(Duration.ofMillis(-1))),
        refused("tokenTimeout", b -> b.tokenTimeout(Duration.ofDays(2))),
        refused("closeTimeout", b -> b.closeTimeout(Duration.ZERO)),
        refused("ringTimeout", b -> b.ringTimeout(Duration.ZERO)),
        refused("mediaConnectTimeout", b -> b.mediaConnectTimeout(Duration.ofDays(2))),
        refused("outboundLimit", b -> b.outboundLimit(0)),
        refused("inboundLimit", b -> b.inboundLimit(-1)),
        refused("maxMessageSize", b -> b.maxMessageSize(0)),
        refused("backfillLimit", b -> b.backfillLimit(-1)),
        refused("callbackExecutor", b -> b.callbackExecutor(Runnable::run).virtualThreads(true)));
  }

  private static Arguments refused(String named, UnaryOperator<ClientOptions.Builder> setting) {
    return arguments(named, setting);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void whatCannotWorkIsRefusedAndNamed(String named, UnaryOperator<ClientOptions.Builder> setting) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> setting.apply(builder()).build());
    assertTrue(error.getMessage().contains(named), error.getMessage());
    assertFalse(error.getMessage().contains("secret"), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080",
        "https://api.respoke.io/v1",
        "ws://x",
        "wss://x/path/v1/",
        "HTTPS://X",
        "http://[::1]:80"
      })
  void everySchemePortAndPathIsTakenWithOrWithoutTheVersion(String url) {
    assertEquals(url, builder().baseUrl(url).build().baseUrl());
    assertEquals(url, builder().baseUrl(URI.create(url)).build().baseUrl());
  }

  /** Options in which nothing has its default. */
  private static ClientOptions everything() throws Exception {
    return builder()
        .appId("app")
        .baseUrl("http://x")
        .endpointId("joe")
        .tokenProvider("vault", Map.of("k", "v"))
        .presence("away")
        .developmentMode(true)
        .reconnect(false)
        .reconnectPolicy(ReconnectPolicy.defaults().withJitter(false))
        .enableCallDebugReport(true)
        .presenceResolver(presences -> presences.get(0))
        .connectTimeout(Duration.ofSeconds(1))
        .requestTimeout(Duration.ofSeconds(2))
        .tokenTimeout(Duration.ofSeconds(3))
        .closeTimeout(Duration.ofSeconds(4))
        .instanceId("main")
        .attribute("k", 1)
        .header("X-H", "secret-header")
        .proxy(ProxyOptions.of("proxy", 3128))
        .sslContext(SSLContext.getDefault())
        .callbackExecutor(Runnable::run)
        .classLoader(ClassLoader.getPlatformClassLoader())
        .plugin(() -> "p")
        .transport("Tyrus")
        .mediaBackend("WebRTC")
        .ringTimeout(Duration.ofSeconds(5))
        .mediaConnectTimeout(Duration.ofSeconds(6))
        .rejectUnhandledCalls(true)
        .outboundLimit(5)
        .inboundLimit(6)
        .overflowPolicy(OverflowPolicy.DISCONNECT)
        .maxMessageSize(7)
        .backfillLimit(8)
        .onConnect(e -> {})
        .onSuccess(c -> {})
        .onError(e -> {})
        .build();
  }

  private static Map<String, Object> values(ClientOptions options) throws Exception {
    Map<String, Object> values = new HashMap<>();
    for (Method method : ClientOptions.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && !Modifier.isStatic(method.getModifiers())
          && method.getParameterCount() == 0
          && !method.getName().equals("toBuilder")
          && !method.getName().equals("toString")) {
        values.put(method.getName(), method.invoke(options));
      }
    }
    return values;
  }

  @Test
  void everySettingSurvivesIntoTheOptionsAndIntoACopy() throws Exception {
    ClientOptions options = everything();

    assertEquals(values(options), values(options.toBuilder().build()));
    Map<String, Object> defaults = values(builder().build());
    values(options)
        .forEach(
            (name, value) -> {
              if (!name.equals("tokenProvider") && !name.equals("virtualThreads")) {
                if (!name.equals("reconnect")) {
                  assertFalse(value.equals(defaults.get(name)), name + " has its default");
                }
              }
            });
    assertEquals(Optional.of("tyrus"), options.transport());
  }

  @Test
  void optionsDoNotChangeAfterTheyWereBuilt() {
    ClientOptions.Builder building = builder().attribute("k", 1);
    ClientOptions options = building.build();

    building.attribute("l", 2).header("X", "y").plugin(() -> "p").on(Connected.class, e -> {});

    assertEquals(Map.of("k", 1), options.attributes());
    assertEquals(Map.of(), options.headers());
    assertEquals(0, options.plugins().size());
    assertEquals(0, options.listeners().size());
    assertThrows(UnsupportedOperationException.class, () -> options.attributes().put("x", 1));
  }

  @Test
  void overridesChangeWhatTheyNameAndNothingElse() throws Exception {
    ClientOptions options = everything();
    ClientOptions changed =
        options.with(
            ConnectOptions.builder()
                .appId("app2")
                .baseUrl("http://y")
                .endpointId("jim")
                .presence("dnd")
                .developmentMode(false)
                .reconnect(true)
                .connectTimeout(Duration.ofSeconds(9))
                .build());

    Map<String, Object> expected = values(options);
    expected.put("appId", Optional.of("app2"));
    expected.put("baseUrl", "http://y");
    expected.put("endpointId", Optional.of("jim"));
    expected.put("presence", Optional.of("dnd"));
    expected.put("developmentMode", false);
    expected.put("reconnect", true);
    expected.put("connectTimeout", Duration.ofSeconds(9));
    assertEquals(expected, values(changed));
    assertEquals(values(options), values(options.with(ConnectOptions.builder().build())));
  }

  @Test
  void anOverridingTokenReplacesWhateverSourceThereWas() {
    ClientOptions named = builder().tokenProvider("vault", Map.of()).build();

    ClientOptions bare = named.with(ConnectOptions.token("t"));
    assertEquals(Optional.empty(), bare.tokenProviderName());
    assertTrue(bare.tokenProvider().isPresent());
    assertFalse(bare.reconnect(), "one token is good for one connection");

    ClientOptions provided = bare.with(ConnectOptions.builder().tokenProvider(PROVIDER).build());
    assertEquals(Optional.of(PROVIDER), provided.tokenProvider());
    assertTrue(provided.reconnect());
  }

  @Test
  void overridesAreCheckedWhenTheyAreApplied() {
    ClientOptions options = builder().build();
    ConnectOptions url = ConnectOptions.builder().baseUrl("ftp://x").build();
    ConnectOptions timeout = ConnectOptions.builder().connectTimeout(Duration.ZERO).build();
    assertThrows(IllegalArgumentException.class, () -> options.with(url));
    assertThrows(IllegalArgumentException.class, () -> options.with(timeout));
  }

  @Test
  void nothingSecretIsShown() throws Exception {
    String text = everything().toBuilder().token("secret-token").build().toString();
    assertFalse(text.contains("secret"), text);
    assertTrue(text.contains("joe"), text);
  }

  @Test
  void nothingIsNeverASetting() {
    for (Consumer<ClientOptions.Builder> setting : nulls()) {
      assertThrows(NullPointerException.class, () -> setting.accept(builder()));
    }
  }

  private static java.util.List<Consumer<ClientOptions.Builder>> nulls() {
    return java.util.List.of(
        b -> b.appId(null),
        b -> b.baseUrl((String) null),
        b -> b.endpointId(null),
        b -> b.token((String) null),
        b -> b.tokenProvider(null),
        b -> b.presence(null),
        b -> b.reconnectPolicy(null),
        b -> b.presenceResolver(null),
        b -> b.instanceId(null),
        b -> b.attribute("k", null),
        b -> b.header("k", null),
        b -> b.proxy(null),
        b -> b.sslContext(null),
        b -> b.callbackExecutor(null),
        b -> b.classLoader(null),
        b -> b.plugin(null),
        b -> b.transport(null),
        b -> b.mediaBackend(null),
        b -> b.overflowPolicy(null),
        b -> b.onConnect(null),
        b -> b.onSuccess(null),
        b -> b.onError(null));
  }

  @Test
  void aHeaderIsOneLine() {
    for (String bad : java.util.List.of("a\r\nX-Evil: 1", "a\nb", "\0")) {
      assertThrows(IllegalArgumentException.class, () -> ClientOptions.builder().header("X", bad));
      assertThrows(IllegalArgumentException.class, () -> ClientOptions.builder().header(bad, "x"));
    }
    assertEquals(
        "a, \tb", ClientOptions.builder().header("X", "a, \tb").build().headers().get("X"));
  }
}
