package io.respoke.examples.callout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AddressType;
import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.CallStatus;
import io.respoke.Client;
import io.respoke.HangupReason;
import io.respoke.Respoke;
import io.respoke.event.CallEnded;
import io.respoke.media.ExternalMedia;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is signalled, against a scripted gateway; and once with real media. */
@Timeout(120)
class CallOutTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final BlockingQueue<Call> rung = new LinkedBlockingQueue<>();
  private final Trunk trunk = new Trunk(rung::add);
  private final Client client =
      await(
          Respoke.connect(
              CallOut.options(
                  Map.of(
                      "RESPOKE_BASE_URL", trunk.service.baseUrl().toString(),
                      "RESPOKE_APP_SECRET", trunk.service.app().secret()),
                  "announcer")));

  /** A media server that only describes. */
  private static CallOptions media() {
    String sdp =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"
            + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 192.0.2.1\r\na=sendrecv\r\n";
    return CallOptions.builder()
        .externalMedia(
            new ExternalMedia() {
              @Override
              public CompletionStage<String> createOffer() {
                return CompletableFuture.completedFuture(sdp);
              }

              @Override
              public CompletionStage<String> createAnswer(String offer) {
                return CompletableFuture.completedFuture(sdp);
              }

              @Override
              public CompletionStage<Void> applyAnswer(String answer) {
                return CompletableFuture.completedFuture(null);
              }
            })
        .build();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @AfterEach
  void close() {
    client.close();
    trunk.close();
  }

  private Call rings() throws InterruptedException {
    Call call = rung.poll(20, TimeUnit.SECONDS);
    assertTrue(call != null, "the gateway was not called");
    return call;
  }

  @ParameterizedTest
  @CsvSource({
    "+15551234567, DID",
    "5551234567, DID",
    "sip:spock@example.com, SIP",
    "trunk/spock, SIP"
  })
  void theGatewayIsCalledForTheAddress(String address, AddressType type) throws Exception {
    Call call = new CallOut(client, out).start(address, media());
    Call atGateway = rings();
    assertEquals(address, atGateway.calledId());
    assertEquals(type, atGateway.calledType());
    assertEquals("announcer", atGateway.remoteId());
    assertEquals(address, call.remoteId());
    assertEquals(type, call.remoteType());
    await(atGateway.sendStatus(CallStatus.RINGING));
    await(atGateway.answer(media()));
    await(call.connected());
    String told = bytes.toString(StandardCharsets.UTF_8);
    assertEquals("call-out: " + address + ": RINGING" + System.lineSeparator(), told);
    BlockingQueue<HangupReason> ended = new LinkedBlockingQueue<>();
    call.listen(CallEnded.class, e -> ended.add(e.reason()));
    await(atGateway.hangup());
    assertEquals(HangupReason.REMOTE_HANGUP, ended.poll(20, TimeUnit.SECONDS));
  }

  @ParameterizedTest
  @CsvSource({
    "BUSY, 'busy, try later'",
    "UNAVAILABLE, cannot be reached",
    "INCOMPLETE_ADDRESS, the number is not complete"
  })
  void theGatewaySaysWhyThereIsNoCall(CallStatus status, String words) throws Exception {
    BlockingQueue<HangupReason> ended = new LinkedBlockingQueue<>();
    CallOptions options =
        media().toBuilder().on(CallEnded.class, e -> ended.add(e.reason())).build();
    new CallOut(client, out).start("+15551234567", options);
    await(rings().sendStatus(status));
    HangupReason reason = ended.poll(20, TimeUnit.SECONDS);
    assertEquals(words, CallOut.words(reason));
  }

  @Test
  @Tag("media")
  void theDemoTellsItsStory() throws Exception {
    CallOut.run(new String[] {"--demo"}, Map.of(), out);
    String story = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(story.contains("trunk: announcer calls +15551234567"), story);
    assertTrue(story.contains("call-out: +15551234567: busy, try later"), story);
    assertTrue(story.contains("call-out: sip:spock@example.com has confirmed"), story);
    assertTrue(story.contains("call-out: ok"), story);
  }
}
