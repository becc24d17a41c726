package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.ClientOptions;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.media.ExternalMedia;
import io.respoke.protocol.Json;
import io.respoke.spi.Telemetry;
import io.respoke.spi.TelemetryProvider;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What telemetry sends along is seen by respoke.js, and is in its way nowhere. */
@Tag("browser")
class BrowserTraceTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final JsonObject TEA = Json.object().add("topic", "tea").build();
  private static final JsonObject TRACED =
      Json.object().add("topic", "tea").add("traceparent", PARENT).build();

  @RegisterExtension final Interop interop = new Interop();

  /** Is always in the same trace. */
  private record Traced(String name) implements TelemetryProvider {
    @Override
    public Telemetry telemetry(ClientOptions options) {
      return new Telemetry() {
        @Override
        public Map<String, String> callContext() {
          return Map.of("traceparent", PARENT);
        }

        @Override
        public Map<String, String> messageContext() {
          return callContext();
        }
      };
    }
  }

  /** Describes media that nobody sends. */
  private static final class NoMedia implements ExternalMedia {
    @Override
    public CompletionStage<String> createOffer() {
      return CompletableFuture.completedFuture(
          "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
              + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 127.0.0.1\r\na=sendrecv\r\n");
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

  private JavaClient bob() {
    return interop
        .java(
            "bob",
            options -> options.developmentMode(true).endpointId("bob").plugin(new Traced("traced")))
        .connect();
  }

  @Test
  void a_call_brings_it_to_the_page_beside_the_metadata() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    alice.call("ringOnly");
    Call call =
        bob()
            .client()
            .startAudioCall(
                "alice", CallOptions.builder().externalMedia(new NoMedia()).metadata(TEA).build());

    assertEquals(TRACED, alice.await("incoming-call").data().getJsonObject("metadata"));
    JavaClient.get(call.hangup());
    alice.await("call-hangup");
  }

  @Test
  void a_message_brings_it_to_the_page_and_text_stays_text() {
    BrowserPage alice = interop.connectedPage("alice", "alice");
    JavaClient bob = bob();
    JavaClient.get(bob.client().sendMessage("alice", TEA));
    JavaClient.get(bob.client().sendMessage("alice", "tea?"));

    assertEquals(TRACED, alice.await("message").data().getJsonObject("message"));
    assertEquals("tea?", alice.await("message").text("message"));
  }
}
