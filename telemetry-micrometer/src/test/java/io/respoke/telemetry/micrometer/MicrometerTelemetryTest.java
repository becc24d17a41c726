package io.respoke.telemetry.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectionState;
import io.respoke.Respoke;
import io.respoke.event.CallEnded;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.IncomingCall;
import io.respoke.event.MessageReceived;
import io.respoke.event.Reconnected;
import io.respoke.media.ExternalMedia;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import io.respoke.spi.Telemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MicrometerTelemetryTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerTelemetry plugin = new MicrometerTelemetry(registry);

  /** Describes one direction of nothing. */
  private static final class NoMedia implements ExternalMedia {
    private static final String SDP =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"
            + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 192.0.2.1\r\na=sendrecv\r\n";

    @Override
    public CompletionStage<String> createOffer() {
      return CompletableFuture.completedFuture(SDP);
    }

    @Override
    public CompletionStage<String> createAnswer(String offer) {
      return CompletableFuture.completedFuture(SDP);
    }

    @Override
    public CompletionStage<Void> applyAnswer(String answer) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }

  private Client client(RespokeService service, String endpointId) {
    return Respoke.createClient(
        ClientOptions.builder()
            .baseUrl(service.baseUrl())
            .appId(service.app().id())
            .developmentMode(true)
            .endpointId(endpointId)
            .plugin(plugin)
            .attribute(MicrometerTelemetry.CLIENT, endpointId)
            .build());
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertTrue(condition.getAsBoolean());
  }

  private double gauge(String name, String... tags) {
    return registry.get("respoke.client." + name).tags(tags).gauge().value();
  }

  private double counter(String name, String... tags) {
    return registry.get("respoke.client." + name).tags(tags).counter().count();
  }

  private Timer timer(String name, String... tags) {
    return registry.get("respoke.client." + name).tags(tags).timer();
  }

  @Test
  void countsWhatARealClientDoes(RespokeService service) {
    try (Client ada = client(service, "ada");
        Client kirk = client(service, "kirk")) {
      assertEquals(1, gauge("connections", "client", "ada", "state", "disconnected"));
      await(ada.connect());
      await(kirk.connect());
      assertEquals(1, gauge("connections", "client", "ada", "state", "connected"));
      assertEquals(0, gauge("connections", "client", "ada", "state", "disconnected"));

      CompletableFuture<MessageReceived> answer = new CompletableFuture<>();
      ada.listen(MessageReceived.class, answer::complete);
      CompletableFuture<GroupMessageReceived> published = new CompletableFuture<>();
      ada.listen(GroupMessageReceived.class, published::complete);
      await(ada.join("bridge"));
      await(ada.sendMessage("kirk", "are you there?"));
      await(kirk.sendMessage("ada", "yes"));
      await(await(kirk.join("bridge")).sendMessage("all hands"));
      await(answer);
      await(published);
      assertEquals(1, counter("message.sent", "client", "ada", "kind", "private"));
      assertEquals(1, counter("message.sent", "client", "kirk", "kind", "group"));
      assertEquals(1, counter("message.received", "client", "ada", "kind", "private"));
      assertEquals(1, counter("message.received", "client", "ada", "kind", "group"));

      assertThrows(
          CompletionException.class, () -> await(ada.request("get", "/v1/roles/nobody", null)));
      assertEquals(
          1,
          timer(
                  "request.duration",
                  "client",
                  "ada",
                  "method",
                  "get",
                  "route",
                  "/v1/roles/{id}",
                  "outcome",
                  "rejected")
              .count());
      Timer sending =
          timer("request.duration", "client", "ada", "route", "/v1/messages", "outcome", "success");
      assertEquals(1, sending.count());
      assertEquals(0, gauge("request.pending", "client", "ada"));

      CompletableFuture<Reconnected> back = new CompletableFuture<>();
      ada.listen(Reconnected.class, back::complete);
      assertEquals(1, service.hooks().dropConnections("ada"));
      await(back);
      assertEquals(1, timer("reconnect.downtime", "client", "ada").count());
    }
  }

  @Test
  void countsCalls(RespokeService service) {
    try (Client ada = client(service, "ada");
        Client kirk = client(service, "kirk")) {
      await(ada.connect());
      await(kirk.connect());
      CompletableFuture<Call> ringing = new CompletableFuture<>();
      kirk.listen(IncomingCall.class, e -> ringing.complete(e.call()));
      CompletableFuture<CallEnded> over = new CompletableFuture<>();
      kirk.listen(CallEnded.class, over::complete);
      CallOptions options = CallOptions.builder().externalMedia(new NoMedia()).build();

      Call call = ada.startAudioCall("kirk", options);
      await(await(ringing).answer(options));
      await(call.connected());
      assertEquals(1, gauge("call.active", "client", "ada"));
      assertEquals(1, gauge("call.active", "client", "kirk"));
      await(call.hangup(null));
      await(over);

      assertEquals(0, gauge("call.active", "client", "ada"));
      assertEquals(1, counter("call.started", "client", "ada", "direction", "outgoing"));
      assertEquals(1, counter("call.started", "client", "kirk", "direction", "incoming"));
      assertEquals(
          1,
          timer("call.duration", "client", "ada", "direction", "outgoing", "reason", "local_hangup")
              .count());
      assertEquals(
          1,
          timer(
                  "call.duration",
                  "client",
                  "kirk",
                  "direction",
                  "incoming",
                  "reason",
                  "remote_hangup")
              .count());
    }
  }

  @Test
  void thePageNamesEveryMeterAndNoOther(RespokeService service) throws IOException {
    countsWhatARealClientDoes(service);
    countsCalls(service);
    try (Client ada = client(service, "ada")) {
      assertEquals(ConnectionState.DISCONNECTED, ada.state());
      Set<String> rows =
          registry.getMeters().stream()
              .map(Meter::getId)
              .map(
                  id ->
                      String.format(
                          "| `%s` | %s | %s |",
                          id.getName(),
                          id.getType().name().toLowerCase(java.util.Locale.ROOT),
                          id.getTags().stream()
                              .map(Tag::getKey)
                              .sorted()
                              .map(key -> '`' + key + '`')
                              .collect(Collectors.joining(", "))))
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> documented =
          Files.readString(Path.of("../docs/telemetry.md"))
              .lines()
              .filter(line -> line.startsWith("| `respoke.client."))
              .map(line -> line.replaceAll("^((?:\\|[^|]*){3}\\|).*", "$1"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(documented, rows);
    }
  }

  @Test
  void clientsAreCountedTogetherAndLeaveNothingBehindButWhatTheyDid(RespokeService service) {
    Client ada = client(service, "ada");
    Client again = client(service, "ada");
    assertEquals(2, gauge("connections", "client", "ada", "state", "disconnected"));
    ada.close();
    await(() -> gauge("connections", "client", "ada", "state", "disconnected") == 1);
    again.close();
    await(() -> registry.find("respoke.client.connections").gauge() == null);
    assertTrue(registry.find("respoke.client.request.pending").meters().isEmpty());
    assertEquals(0, counter("event.dropped", "client", "ada"));
  }

  @Test
  void routesBeyondAHundredCountAsOne(RespokeService service) {
    Telemetry telemetry = plugin.telemetry(ClientOptions.builder().build());
    try (Client any = client(service, "ada")) {
      telemetry.created(any);
      for (int i = 0; i < ClientMeters.ROUTES + 20; i++) {
        telemetry.requestEnded(
            "get", "/v1/route" + i, Telemetry.Outcome.SUCCESS, Duration.ofMillis(1));
      }
      assertEquals(20, timer("request.duration", "route", "other").count());
      telemetry.closed();
      telemetry.requestEnded("get", "/v1/late", Telemetry.Outcome.SUCCESS, Duration.ZERO);
      assertTrue(
          registry
              .find("respoke.client.request.duration")
              .tag("route", "/v1/late")
              .meters()
              .isEmpty());
    }
  }

  /** An application with a registry of its own. */
  @ApplicationScoped
  public static class Application {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Inject Client client;

    /** The registry. */
    @Produces
    MeterRegistry registry() {
      return registry;
    }

    void connected(@Observes io.respoke.event.Connected event) {
      CONNECTED.complete(event.endpointId());
    }
  }

  private static final CompletableFuture<String> CONNECTED = new CompletableFuture<>();

  @Test
  void inAContainerTheApplicationsRegistryIsUsedAndNoOther(RespokeService service) {
    SimpleMeterRegistry global = new SimpleMeterRegistry();
    Metrics.addRegistry(global);
    Properties before = (Properties) System.getProperties().clone();
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("respoke."));
    Map.of(
            "respoke.baseUrl", service.baseUrl().toString(),
            "respoke.appId", service.app().id(),
            "respoke.developmentMode", "true",
            "respoke.attribute.telemetry.client", "desk",
            "respoke.endpointId", "spock")
        .forEach(System::setProperty);
    try (SeContainer container =
        SeContainerInitializer.newInstance().addBeanClasses(Application.class).initialize()) {
      assertEquals("spock", await(CONNECTED));
      MeterRegistry own = container.select(MeterRegistry.class).get();
      assertEquals(
          1,
          own.get("respoke.client.connections")
              .tags("client", "desk", "state", "connected")
              .gauge()
              .value());
      assertTrue(
          global.getMeters().stream()
              .noneMatch(meter -> "desk".equals(meter.getId().getTag("client"))),
          global::getMetersAsString);
    } finally {
      System.setProperties(before);
      Metrics.removeRegistry(global);
    }
  }

  @Test
  void isFoundAndCountsInTheGlobalRegistry(RespokeService service) {
    SimpleMeterRegistry global = new SimpleMeterRegistry();
    Metrics.addRegistry(global);
    try (Client ada =
        Respoke.createClient(ClientOptions.builder().baseUrl(service.baseUrl()).build())) {
      assertEquals(ConnectionState.DISCONNECTED, ada.state());
      assertEquals(
          1,
          global
              .get("respoke.client.connections")
              .tags("client", "default", "state", "disconnected")
              .gauge()
              .value());
    } finally {
      Metrics.removeRegistry(global);
    }
  }
}
