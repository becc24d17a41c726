package io.respoke.telemetry.opentelemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
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
import java.util.List;
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

class OpenTelemetryTelemetryTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final OpenTelemetryTelemetry plugin = new OpenTelemetryTelemetry(sdk(reader));

  private static OpenTelemetrySdk sdk(InMemoryMetricReader reader) {
    return OpenTelemetrySdk.builder()
        .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
        .build();
  }

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
            .attribute(OpenTelemetryTelemetry.CLIENT, endpointId)
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

  /** The points of a metric that have all of these attributes. */
  private static List<PointData> points(
      InMemoryMetricReader reader, String name, String... attributes) {
    return reader.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals("respoke.client." + name))
        .flatMap(metric -> metric.getData().getPoints().stream())
        .filter(point -> has(point, attributes))
        .map(PointData.class::cast)
        .toList();
  }

  private static boolean has(PointData point, String... attributes) {
    for (int i = 0; i < attributes.length; i += 2) {
      AttributeKey<String> key = AttributeKey.stringKey(attributes[i]);
      if (!attributes[i + 1].equals(point.getAttributes().get(key))) {
        return false;
      }
    }
    return true;
  }

  private long gauge(String name, String... attributes) {
    return value(reader, name, attributes);
  }

  private static long value(InMemoryMetricReader reader, String name, String... attributes) {
    return points(reader, name, attributes).stream()
        .mapToLong(point -> ((LongPointData) point).getValue())
        .sum();
  }

  private long counter(String name, String... attributes) {
    return value(reader, name, attributes);
  }

  private HistogramPointData timer(String name, String... attributes) {
    List<PointData> found = points(reader, name, attributes);
    assertEquals(1, found.size(), found::toString);
    return (HistogramPointData) found.get(0);
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
              .getCount());
      HistogramPointData sending =
          timer("request.duration", "client", "ada", "route", "/v1/messages", "outcome", "success");
      assertEquals(1, sending.getCount());
      assertEquals(0, gauge("request.pending", "client", "ada"));

      CompletableFuture<Reconnected> back = new CompletableFuture<>();
      ada.listen(Reconnected.class, back::complete);
      assertEquals(1, service.hooks().dropConnections("ada"));
      await(back);
      assertEquals(1, timer("reconnect.downtime", "client", "ada").getCount());
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
              .getCount());
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
              .getCount());
    }
  }

  @Test
  void thePageNamesEveryMeterAndNoOther(RespokeService service) throws IOException {
    countsWhatARealClientDoes(service);
    countsCalls(service);
    try (Client ada = client(service, "ada")) {
      plugin.telemetry(ada.options());
      Telemetry dropping = plugin.telemetry(ada.options());
      dropping.created(ada);
      dropping.eventsDropped(1); // a counter of which nothing was told is not shown
      Set<String> rows =
          reader.collectAllMetrics().stream()
              .map(
                  metric ->
                      String.format(
                          "| `%s` | %s | %s |",
                          metric.getName(),
                          kind(metric),
                          metric.getData().getPoints().stream()
                              .flatMap(point -> point.getAttributes().asMap().keySet().stream())
                              .map(AttributeKey::getKey)
                              .distinct()
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
      dropping.closed();
    }
  }

  private static String kind(MetricData metric) {
    if (metric.getType() == MetricDataType.HISTOGRAM) {
      assertEquals("s", metric.getUnit());
      return "timer";
    }
    return metric.getLongSumData().isMonotonic() ? "counter" : "gauge";
  }

  @Test
  void clientsAreCountedTogetherAndLeaveNothingBehindButWhatTheyDid(RespokeService service) {
    Client ada = client(service, "ada");
    Client again = client(service, "ada");
    assertEquals(2, gauge("connections", "client", "ada", "state", "disconnected"));
    ada.close();
    await(() -> gauge("connections", "client", "ada", "state", "disconnected") == 1);
    again.close();
    await(() -> points(reader, "connections").isEmpty());
    assertTrue(points(reader, "request.pending").isEmpty());
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
      assertEquals(20, timer("request.duration", "route", "other").getCount());
      telemetry.closed();
      telemetry.requestEnded("get", "/v1/late", Telemetry.Outcome.SUCCESS, Duration.ZERO);
      assertTrue(points(reader, "request.duration", "route", "/v1/late").isEmpty());
    }
  }

  /** An application with an OpenTelemetry of its own. */
  @ApplicationScoped
  public static class Application {
    private final OpenTelemetry own = sdk(OWN);

    @Inject Client client;

    /** The application's. */
    @Produces
    OpenTelemetry own() {
      return own;
    }

    void connected(@Observes io.respoke.event.Connected event) {
      CONNECTED.complete(event.endpointId());
    }
  }

  private static final InMemoryMetricReader OWN = InMemoryMetricReader.create();
  private static final CompletableFuture<String> CONNECTED = new CompletableFuture<>();

  @Test
  void theGlobalOneIsUsedUnlessTheApplicationHasABean(RespokeService service) {
    InMemoryMetricReader global = InMemoryMetricReader.create();
    GlobalOpenTelemetry.resetForTest();
    Properties before = (Properties) System.getProperties().clone();
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("respoke."));
    Map.of(
            "respoke.baseUrl", service.baseUrl().toString(),
            "respoke.appId", service.app().id(),
            "respoke.developmentMode", "true",
            "respoke.attribute.telemetry.client", "desk",
            "respoke.endpointId", "spock")
        .forEach(System::setProperty);
    ClientOptions plain = ClientOptions.builder().baseUrl(service.baseUrl()).build();
    try (Client early = Respoke.createClient(plain)) {
      assertEquals(ConnectionState.DISCONNECTED, early.state());
      GlobalOpenTelemetry.set(
          sdk(global)); // that a client was made before does not stand in the way
      try (Client late = Respoke.createClient(plain);
          SeContainer container =
              SeContainerInitializer.newInstance().addBeanClasses(Application.class).initialize()) {
        assertTrue(container.isRunning());
        assertEquals(ConnectionState.DISCONNECTED, late.state());
        assertEquals("spock", await(CONNECTED));
        assertEquals(1, value(OWN, "connections", "client", "desk", "state", "connected"));
        assertEquals(0, points(global, "connections", "client", "desk").size());
        assertEquals(1, value(global, "connections", "client", "default"));
      }
    } finally {
      System.setProperties(before);
      GlobalOpenTelemetry.resetForTest();
    }
  }
}
