package io.respoke.cdi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ClientOptions;
import io.respoke.OverflowPolicy;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  /** What no text can say: beans say it, or observers. */
  private static final Set<String> BEANS =
      Set.of(
          "presenceResolver", "sslContext", "callbackExecutor", "classLoader", "plugin", "build");

  private static Configuration properties(String... keysAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
    }
    return Configuration.read(new SystemSource(properties, Map.of()).entries(), Set.of());
  }

  private static String onlyProblem(Configuration configuration) {
    assertEquals(1, configuration.problems().size(), configuration.problems().toString());
    return configuration.problems().get(0);
  }

  @Test
  void everySettingOfClientOptionsCanBeGiven() {
    Set<String> missing = new TreeSet<>();
    for (Method method : ClientOptions.Builder.class.getDeclaredMethods()) {
      String name = method.getName();
      boolean known =
          Attribute.ALL.stream()
              .anyMatch(
                  attribute ->
                      attribute.name().equals(name)
                          || attribute.name().startsWith(name + '.')
                          || attribute.name().equals(name + "Settings."));
      boolean setting =
          Modifier.isPublic(method.getModifiers())
              && !method.isSynthetic()
              && !(name.startsWith("on") && (name.length() == 2 || name.charAt(2) < 'a'));
      if (setting && !known && !BEANS.contains(name)) {
        missing.add(name);
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void settingsReachTheOptions() {
    Configuration configuration =
        properties(
            "respoke.baseUrl", "http://127.0.0.1:8080",
            "respoke.appId", "app",
            "respoke.endpointId", "ada",
            "respoke.token", "t-1",
            "respoke.presence", "available",
            "respoke.reconnect", "true",
            "respoke.reconnectPolicy.initial", "100ms",
            "respoke.reconnectPolicy.factor", "3",
            "respoke.reconnectPolicy.cap", "1m",
            "respoke.reconnectPolicy.jitter", "false",
            "respoke.reconnectPolicy.maxAttempts", "7",
            "respoke.reconnectPolicy.maxElapsed", "1h",
            "respoke.connectTimeout", "3s",
            "respoke.requestTimeout", "PT4S",
            "respoke.closeTimeout", "5 s",
            "respoke.header.X-Team", "support",
            "respoke.attribute.shop", "north",
            "respoke.proxy.host", "127.0.0.1",
            "respoke.proxy.port", "3128",
            "respoke.proxy.authorization", "Basic abc",
            "respoke.inboundLimit", "17",
            "respoke.overflowPolicy", "drop-newest",
            "respoke.backfillLimit", "0",
            "respoke.connect", "manual");
    assertEquals(List.of(), configuration.problems());
    ClientOptions options = configuration.client("").client().build();
    assertEquals("http://127.0.0.1:8080", options.baseUrl());
    assertEquals(Optional.of("app"), options.appId());
    assertEquals(Optional.of("ada"), options.endpointId());
    assertTrue(options.tokenProvider().isPresent());
    assertEquals(Optional.of("available"), options.presence());
    assertTrue(options.reconnect());
    assertEquals(Duration.ofMillis(100), options.reconnectPolicy().initial());
    assertEquals(3, options.reconnectPolicy().factor());
    assertEquals(Duration.ofMinutes(1), options.reconnectPolicy().cap());
    assertFalse(options.reconnectPolicy().jitter());
    assertEquals(Optional.of(7), options.reconnectPolicy().maxAttempts());
    assertEquals(Optional.of(Duration.ofHours(1)), options.reconnectPolicy().maxElapsed());
    assertEquals(Duration.ofSeconds(3), options.connectTimeout());
    assertEquals(Duration.ofSeconds(4), options.requestTimeout());
    assertEquals(Duration.ofSeconds(5), options.closeTimeout());
    assertEquals(Map.of("X-Team", "support"), options.headers());
    assertEquals(Map.of("shop", "north"), options.attributes());
    assertEquals(3128, options.proxy().orElseThrow().port());
    assertEquals(17, options.inboundLimit());
    assertEquals(OverflowPolicy.DROP_NEWEST, options.overflowPolicy());
    assertEquals(0, options.backfillLimit());
    assertEquals(ConnectMode.MANUAL, configuration.client("").connect());
  }

  @ParameterizedTest
  @ValueSource(strings = {"respoke.baseUrl", "respoke.base-url", "respoke.base.url"})
  void oneSettingCanBeSpelledInSeveralWays(String key) {
    Configuration configuration = properties(key, "http://127.0.0.1:1");
    assertEquals("http://127.0.0.1:1", configuration.client("").client().build().baseUrl());
  }

  @Test
  void namedClientsHaveSettingsOfTheirOwn() {
    Configuration configuration =
        properties(
            "respoke.endpointId", "default",
            "respoke.clients.sales.endpointId", "seller",
            "respoke.clients.\"a.b\".endpointId", "dotted");
    assertEquals(List.of(), configuration.problems());
    for (Map.Entry<String, String> expected :
        Map.of("", "default", "sales", "seller", "a.b", "dotted").entrySet()) {
      assertEquals(
          Optional.of(expected.getValue()),
          configuration.client(expected.getKey()).client().build().endpointId());
    }
    assertTrue(configuration.client("sales").client().build().appId().isEmpty());
  }

  @Test
  void systemPropertiesWinOverTheEnvironment() {
    Properties properties = new Properties();
    properties.setProperty("respoke.endpointId", "property");
    Map<String, String> environment =
        Map.of(
            "RESPOKE_ENDPOINT_ID", "environment",
            "RESPOKE_APP_ID", "app",
            "RESPOKE_CLIENTS_NORTH_SALES_ENDPOINT_ID", "north");
    Configuration configuration =
        Configuration.read(
            new SystemSource(properties, environment).entries(), Set.of("north-sales"));
    assertEquals(List.of(), configuration.problems());
    ClientOptions options = configuration.client("").client().build();
    assertEquals(Optional.of("property"), options.endpointId());
    assertEquals(Optional.of("app"), options.appId());
    assertEquals(
        Optional.of("north"), configuration.client("north-sales").client().build().endpointId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "respoke.overflowPolicy | block | one of drop_oldest, drop_newest, disconnect",
        "respoke.connect | soon | one of startup, lazy, manual",
        "respoke.reconnect | yes | true or false",
        "respoke.connectTimeout | fast | a duration such as 10s, 500ms, 2m or PT10S",
        "respoke.connectTimeout | 0s | a duration such as 10s, 500ms, 2m or PT10S",
        "respoke.inboundLimit | 0 | a whole number, 1 or more",
        "respoke.backfillLimit | 1001 | a whole number from 0 to 1000",
        "respoke.clients.sales.requestTimeout | -1s | a duration such as 10s, 500ms, 2m or PT10S",
      })
  void anInvalidValueIsOneProblemWithKeySourceAndWhatIsAllowed(
      String key, String value, String allowed) {
    assertEquals(
        key
            + " = \""
            + value
            + "\" (from system properties) is not valid. Allowed: "
            + allowed
            + ".",
        onlyProblem(properties(key, value)));
  }

  @Test
  void anUnknownPropertyIsOneProblemAndSaysWhatWasMeant() {
    String problem = onlyProblem(properties("respoke.clients.sales.endpoinId", "ada"));
    assertTrue(
        problem.startsWith(
            "respoke.clients.sales.endpoinId (from system properties) is no setting of Respoke."
                + " Did you mean respoke.clients.sales.endpointId?"),
        problem);
    assertTrue(problem.contains("overflowPolicy"), problem);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    List<String> problems =
        new ArrayList<>(
            properties("respoke.reconnect", "yes", "respoke.colour", "red", "respoke.ttl", "1h")
                .problems());
    assertEquals(3, problems.size(), problems.toString());
  }

  @Test
  void unknownEnvironmentVariablesOnlyWarn() {
    Configuration configuration =
        Configuration.read(
            new SystemSource(
                    new Properties(),
                    Map.of("RESPOKE_COLOUR", "red", "RESPOKE_CLIENTS_NOBODY_TOKEN", "secret"))
                .entries(),
            Set.of());
    assertEquals(List.of(), configuration.problems());
    assertEquals(2, configuration.warnings().size());
    assertFalse(configuration.warnings().toString().contains("secret"));
  }

  @Test
  void theServicesOwnSettingsAreNotLookedAt() {
    Configuration configuration =
        properties("respoke.service.port", "8080", "respoke.webrtc.isolation", "none");
    assertEquals(List.of(), configuration.problems());
    assertTrue(configuration.clients().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "respoke.baseUrl",
        "respoke.brokerUrl",
        "respoke.header.Authorization",
        "respoke.token",
        "respoke.appSecret",
        "respoke.proxy.authorization",
      })
  void secretsAreNeverShown(String key) {
    String secret = "s3cret\nline";
    Configuration configuration = properties(key, secret, "respoke.colour", "red");
    assertFalse(configuration.problems().toString().contains("s3cret"));
    assertFalse(configuration.clients().toString().contains("s3cret"));
    assertFalse(
        new SystemSource(
                new Properties() {
                  private static final long serialVersionUID = 1L;

                  {
                    setProperty(key, secret);
                  }
                },
                Map.of())
            .entries()
            .toString()
            .contains("s3cret"));
  }

  @ParameterizedTest
  @CsvSource({
    "respoke.ttl,1h",
    "respoke.roleName,admin",
    "respoke.proxy.port,80",
    "respoke.tokenProviderSettings.user,ada",
  })
  void whatChangesNothingIsAProblem(String key, String value) {
    String problem = onlyProblem(properties(key, value));
    assertTrue(problem.startsWith(key + " (from system properties) changes nothing: "), problem);
  }

  @Test
  void twoSourcesOfTokensAreAProblem() {
    String problem =
        onlyProblem(
            properties("respoke.token", "t-1", "respoke.brokerUrl", "http://127.0.0.1/api/tokens"));
    assertTrue(problem.contains("tokens come from respoke.brokerUrl"), problem);
  }

  @Test
  void oneSettingSpelledTwiceIsAProblem() {
    String problem =
        onlyProblem(
            properties(
                "respoke.baseUrl", "http://127.0.0.1:1", "respoke.base-url", "http://[::1]"));
    assertTrue(problem.contains("are the same setting with different values"), problem);
  }
}
