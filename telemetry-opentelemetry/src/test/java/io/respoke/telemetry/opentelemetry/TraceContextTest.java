package io.respoke.telemetry.opentelemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Message;
import io.respoke.Respoke;
import io.respoke.event.IncomingCall;
import io.respoke.event.MessageEvent;
import io.respoke.media.ExternalMedia;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TraceContextTest {
  private static final JsonObject ORDER = Json.createObjectBuilder().add("order", 7).build();

  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  private final OpenTelemetrySdk openTelemetry =
      OpenTelemetrySdk.builder()
          // without a processor the SDK makes no spans
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(InMemorySpanExporter.create()))
                  .build())
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();
  private final Span span = openTelemetry.getTracer("test").spanBuilder("work").startSpan();
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private Client kirk;

  @BeforeEach
  void answer(RespokeService service) {
    kirk = connect(service, "kirk", false);
    kirk.listen(MessageEvent.class, e -> messages.add(e.message()));
    kirk.listen(IncomingCall.class, e -> calls.add(e.call()));
  }

  @AfterEach
  void hangUp() {
    kirk.close();
    span.end();
    openTelemetry.close();
  }

  private Client connect(RespokeService service, String endpointId, boolean traceMessages) {
    return await(
        Respoke.connect(
            ClientOptions.builder()
                .baseUrl(service.baseUrl())
                .appId(service.app().id())
                .developmentMode(true)
                .endpointId(endpointId)
                .plugin(new OpenTelemetryTelemetry(openTelemetry))
                .attribute(OpenTelemetryTelemetry.TRACE_MESSAGES, traceMessages)
                .build()));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    return Optional.ofNullable(queue.poll(20, TimeUnit.SECONDS)).orElseThrow();
  }

  private void assertIsOfTheSpan(Context context) {
    assertTrue(span.getSpanContext().isValid());
    SpanContext sender = Span.fromContext(context).getSpanContext();
    assertEquals(span.getSpanContext().getTraceId(), sender.getTraceId());
    assertEquals(span.getSpanContext().getSpanId(), sender.getSpanId());
    assertTrue(sender.isRemote());
  }

  private void inTheSpan(Runnable work) {
    Context.root().with(span).wrap(work).run();
  }

  /** Offers nothing. */
  private static final class NoMedia implements ExternalMedia {
    @Override
    public CompletionStage<String> createOffer() {
      return CompletableFuture.completedFuture(
          "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"
              + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 192.0.2.1\r\na=sendrecv\r\n");
    }

    @Override
    public CompletionStage<String> createAnswer(String offer) {
      return createOffer();
    }

    @Override
    public CompletionStage<Void> applyAnswer(String answer) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }

  private static CallOptions.Builder options() {
    return CallOptions.builder().externalMedia(new NoMedia());
  }

  @Test
  void aCallCarriesItInItsMetadata(RespokeService service) throws Exception {
    try (Client ada = connect(service, "ada", false)) {
      inTheSpan(() -> ada.startAudioCall("kirk", options().build()));
      Call bare = next(calls);
      assertIsOfTheSpan(TraceContext.of(openTelemetry, bare));
      assertEquals(
          "00-"
              + span.getSpanContext().getTraceId()
              + "-"
              + span.getSpanContext().getSpanId()
              + "-"
              + span.getSpanContext().getTraceFlags().asHex(),
          bare.metadata().orElseThrow().asJsonObject().getString("traceparent"));
      inTheSpan(() -> ada.startAudioCall("kirk", options().metadata(ORDER).build()));
      Call withMetadata = next(calls);
      assertIsOfTheSpan(TraceContext.of(openTelemetry, withMetadata));
      assertEquals(7, withMetadata.metadata().orElseThrow().asJsonObject().getInt("order"));
    }
  }

  @Test
  void whatIsNotTracedIsLeftAsItIs(RespokeService service) throws Exception {
    try (Client ada = connect(service, "ada", false)) {
      ada.startAudioCall("kirk", options().build());
      assertTrue(next(calls).metadata().isEmpty());
      JsonValue text = Json.createValue("lunch");
      inTheSpan(
          () -> {
            ada.startAudioCall("kirk", options().metadata(text).build());
            ada.sendMessage("kirk", ORDER);
          });
      assertEquals(Optional.of(text), next(calls).metadata());
      Message message = next(messages);
      assertEquals(ORDER, message.json());
      assertFalse(
          Span.fromContext(TraceContext.of(openTelemetry, message)).getSpanContext().isValid());
    }
  }

  @Test
  void whoAsksForItHasItInMessagesThatAreObjects(RespokeService service) throws Exception {
    try (Client ada = connect(service, "ada", true)) {
      await(kirk.join("bridge"));
      inTheSpan(() -> ada.sendMessage("kirk", ORDER));
      Message message = next(messages);
      assertIsOfTheSpan(TraceContext.of(openTelemetry, message));
      assertEquals(7, message.json().asJsonObject().getInt("order"));
      inTheSpan(() -> await(ada.join("bridge")).sendMessage(ORDER));
      assertIsOfTheSpan(TraceContext.of(openTelemetry, next(messages)));
      inTheSpan(() -> ada.sendMessage("kirk", "just text"));
      assertEquals("just text", next(messages).text());
    }
  }
}
