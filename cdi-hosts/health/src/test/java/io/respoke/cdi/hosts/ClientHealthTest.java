package io.respoke.cdi.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ConnectionState;
import io.respoke.cdi.RespokeClient;
import io.respoke.cdi.suite.People;
import io.respoke.cdi.suite.se.SeApplication;
import io.respoke.cdi.suite.se.UnmarkedExtension;
import io.respoke.event.Connected;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.weld.environment.se.Weld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One check of readiness for each client. */
class ClientHealthTest {
  private final RespokeService service =
      RespokeService.start(ServiceOptions.builder().port(0).noRateLimit().build());

  /** Injects one client, and observes all that are configured. */
  @ApplicationScoped
  public static class Desk {
    @Inject Client client;

    void connected(@Observes Connected event) {}
  }

  /** Injects a client that is used when somebody asks for it. */
  @ApplicationScoped
  public static class Sales {
    @Inject
    @RespokeClient("sales")
    Client client;

    Client used() {
      assertTrue(client.connectionId().isEmpty() || client.isConnected());
      return client;
    }
  }

  /** The checks as a health endpoint finds them. */
  @ApplicationScoped
  public static class Checks {
    @Inject @Any Instance<HealthCheck> all;

    Map<String, HealthCheckResponse> responses() {
      Map<String, HealthCheckResponse> responses = new TreeMap<>();
      for (HealthCheck check : all.select(Readiness.Literal.INSTANCE)) {
        HealthCheckResponse response = check.call();
        assertNull(responses.put(response.getName(), response));
      }
      return responses;
    }
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Map<String, String> properties(String... more) {
    Map<String, String> properties = new TreeMap<>(People.properties(service, "", "desk"));
    properties.putAll(People.properties(service, "extra", "extra"));
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }

  private static HealthCheckResponse await(
      SeApplication application, String name, Predicate<HealthCheckResponse> condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    HealthCheckResponse response = application.get(Checks.class).responses().get(name);
    while (!condition.test(response) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      response = application.get(Checks.class).responses().get(name);
    }
    assertTrue(condition.test(response), name + " is " + response.getData());
    return response;
  }

  private static boolean isUp(HealthCheckResponse response) {
    return response.getStatus() == HealthCheckResponse.Status.UP;
  }

  private static Object data(HealthCheckResponse response, String key) {
    return response.getData().orElseThrow().get(key);
  }

  private static Instant since(HealthCheckResponse response) {
    return Instant.parse(data(response, "since").toString());
  }

  @Test
  void aHealthEndpointShowsEachClientWithStateAndSince() {
    try (SeApplication application = SeApplication.start(properties(), Desk.class, Checks.class)) {
      await(application, "respoke", ClientHealthTest::isUp);
      await(application, "respoke-extra", ClientHealthTest::isUp);
      JsonObject payload =
          application.get(SmallRyeHealthReporter.class).getReadiness().getPayload();
      assertEquals("UP", payload.getString("status"));
      assertEquals(2, payload.getJsonArray("checks").size(), payload::toString);
      for (JsonObject check : payload.getJsonArray("checks").getValuesAs(JsonObject.class)) {
        assertEquals("CONNECTED", check.getJsonObject("data").getString("state"));
      }
      assertEquals(
          application.get(Client.class).inspect().since().toString(),
          data(application.get(Checks.class).responses().get("respoke"), "since"));
    }
  }

  @Test
  void isDownWhileTheConnectionIsGone() {
    try (SeApplication application = SeApplication.start(properties(), Desk.class, Checks.class)) {
      HealthCheckResponse up = await(application, "respoke", ClientHealthTest::isUp);
      service.hooks().refuseConnections(true);
      assertEquals(1, service.hooks().dropConnections("desk"));
      HealthCheckResponse down = await(application, "respoke", response -> !isUp(response));
      assertFalse(since(down).isBefore(since(up)));
      assertEquals(
          "DOWN",
          application
              .get(SmallRyeHealthReporter.class)
              .getReadiness()
              .getPayload()
              .getString("status"));
      service.hooks().refuseConnections(false);
      await(application, "respoke", ClientHealthTest::isUp);
    }
  }

  @Test
  void aClientThatNobodyWantsConnectedIsReady() {
    Map<String, String> settings = new TreeMap<>(People.properties(service, "sales", "sales"));
    settings.put("respoke.clients.sales.connect", "lazy");
    try (SeApplication application = SeApplication.start(settings, Sales.class, Checks.class)) {
      HealthCheckResponse unused = application.get(Checks.class).responses().get("respoke-sales");
      assertTrue(isUp(unused));
      assertEquals("DISCONNECTED", data(unused, "state"));
      Client client = application.get(Sales.class).used();
      assertEquals(ConnectionState.CONNECTED, client.state());
      People.await(client.disconnect());
      await(
          application,
          "respoke-sales",
          response -> isUp(response) && data(response, "state").equals("DISCONNECTED"));
    }
  }

  @Test
  void aClientThatCouldNotConnectIsNot() {
    service.hooks().refuseConnections(true);
    try (SeApplication application =
        SeApplication.start(properties("respoke.reconnect", "false"), Desk.class, Checks.class)) {
      await(
          application,
          "respoke",
          response -> !isUp(response) && data(response, "state").equals("DISCONNECTED"));
    }
  }

  @SuppressWarnings("unchecked")
  private static SeContainerInitializer buildCompatible(SeContainerInitializer initializer) {
    return ((Weld) initializer)
        .disableDiscovery()
        .addBuildCompatibleExtensions(UnmarkedExtension.class);
  }

  @Test
  void theBuildCompatibleExtensionAddsThemToo() {
    try (SeApplication application =
        SeApplication.start(
            ClientHealthTest::buildCompatible, properties(), Desk.class, Checks.class)) {
      await(application, "respoke", ClientHealthTest::isUp);
      await(application, "respoke-extra", ClientHealthTest::isUp);
      assertEquals(2, application.get(Checks.class).responses().size());
    }
  }
}
