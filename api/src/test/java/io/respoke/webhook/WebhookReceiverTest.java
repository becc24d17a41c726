package io.respoke.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookReceiverTest {
  private static final String SECRET = "whsec_first";
  private static final String ROTATED = "whsec_second";
  private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

  private Instant now = START;
  private final WebhookReceiver receiver =
      WebhookReceiver.builder().secret(SECRET).secret(ROTATED).clock(() -> now).build();

  static String joined(String requestId) {
    return "{\"header\":{\"channel\":\"event_\",\"type\":\"groupJoined\",\"from\":\"system\","
        + "\"fromConnection\":\"system\",\"requestId\":\""
        + requestId
        + "\"},\"endpointId\":\"spock@enterprise.com\",\"connectionId\":\"C3\",\"appId\":\"A1\","
        + "\"time\":1431130312,\"group\":\"announce_\"}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** As the documentation says, written down once more. */
  static String signature(String secret, long time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
      mac.update(bytes(time + "."));
      return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private WebhookResult receive(String body, String signature) {
    return receiver.receive(
        bytes(body),
        name -> name.toLowerCase(Locale.ROOT).equals("respoke-signature") ? signature : null);
  }

  private WebhookResult signed(String body) {
    return receive(body, signature(SECRET, now.getEpochSecond(), bytes(body)));
  }

  private static void assertRefused(WebhookResult.Reason reason, WebhookResult result) {
    assertEquals(new WebhookResult.Refused(reason), result);
    assertEquals(reason.status(), result.status());
  }

  @Test
  void aGenuineEventIsTyped() {
    WebhookResult.Accepted accepted =
        assertInstanceOf(WebhookResult.Accepted.class, signed(joined("r1")));
    assertEquals(200, accepted.status());
    WebhookEvent.GroupJoined event =
        assertInstanceOf(WebhookEvent.GroupJoined.class, accepted.event());
    assertEquals("spock@enterprise.com", event.endpointId());
    assertEquals("announce_", event.group());
    assertEquals(Optional.of("r1"), event.envelope().requestId());
    assertEquals(Optional.of("C3"), event.envelope().connectionId());
    assertEquals("A1", event.envelope().appId());
    assertEquals(Instant.ofEpochSecond(1431130312), event.envelope().time());
  }

  @Test
  void eitherSecretWillDoWhileOneReplacesTheOther() {
    String body = joined("r1");
    assertEquals(
        200, receive(body, signature(ROTATED, START.getEpochSecond(), bytes(body))).status());
    String both =
        signature("whsec_unknown", START.getEpochSecond(), bytes(joined("r2")))
            + ","
            + signature(SECRET, START.getEpochSecond(), bytes(joined("r2"))).split(",")[1];
    assertInstanceOf(WebhookResult.Accepted.class, receive(joined("r2"), both));
  }

  @Test
  void aWrongSecretAnAlteredBodyAndAnAlteredTimeAreRefused() {
    long time = START.getEpochSecond();
    String body = joined("r1");
    assertRefused(
        WebhookResult.Reason.BAD_SIGNATURE, receive(body, signature("guess", time, bytes(body))));
    String good = signature(SECRET, time, bytes(body));
    assertRefused(WebhookResult.Reason.BAD_SIGNATURE, receive(body.replace("r1", "r2"), good));
    assertRefused(WebhookResult.Reason.BAD_SIGNATURE, receive(body + " ", good));
    assertRefused(
        WebhookResult.Reason.BAD_SIGNATURE,
        receive(body, good.replace("t=" + time, "t=" + (time + 1))));
    assertInstanceOf(WebhookResult.Accepted.class, receive(body, good));
  }

  @ParameterizedTest
  @CsvSource({"-301, OUT_OF_TIME", "-300,", "0,", "300,", "301, OUT_OF_TIME"})
  void aSignatureHoldsForATime(long offset, WebhookResult.Reason expected) {
    String body = joined("r1");
    WebhookResult result =
        receive(body, signature(SECRET, START.getEpochSecond() + offset, bytes(body)));
    if (expected == null) {
      assertInstanceOf(WebhookResult.Accepted.class, result);
    } else {
      assertRefused(expected, result);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t=1700000000",
        "v1=00",
        "t=,v1=%s",
        "t=-5,v1=%s",
        "t=99999999999999999999,v1=%s",
        "t=1700000000,t=1700000000,v1=%s",
        "t=1700000000,v1=%sff",
        "t=1700000000,v1=zz",
        "t=1700000000,v0=%s",
        "nonsense"
      })
  void whatIsNoSignatureIsRefused(String header) {
    String body = joined("r1");
    String code = signature(SECRET, START.getEpochSecond(), bytes(body)).split("v1=")[1];
    assertRefused(WebhookResult.Reason.BAD_SIGNATURE, receive(body, header.replace("%s", code)));
    assertRefused(WebhookResult.Reason.BAD_SIGNATURE, receive(body, "v1=0,".repeat(10_000)));
  }

  @Test
  void aMissingHeaderIsRefused() {
    assertRefused(
        WebhookResult.Reason.UNSIGNED, receiver.receive(bytes(joined("r1")), name -> null));
  }

  @Test
  void anEventComesOnceUnlessItIsForgotten() {
    WebhookResult.Accepted first =
        assertInstanceOf(WebhookResult.Accepted.class, signed(joined("r1")));
    now = now.plusSeconds(60);
    assertRefused(WebhookResult.Reason.DUPLICATE, signed(joined("r1")));
    assertInstanceOf(WebhookResult.Accepted.class, signed(joined("r2")));
    receiver.forget(first.event());
    assertInstanceOf(WebhookResult.Accepted.class, signed(joined("r1")));
  }

  @Test
  void eventsAreRememberedForATimeAndUpToANumber() {
    WebhookReceiver small =
        WebhookReceiver.builder()
            .verifier((body, headers, at) -> Optional.empty())
            .clock(() -> now)
            .rememberedEvents(2)
            .memory(Duration.ofHours(1))
            .build();
    for (String id : List.of("a", "b", "c", "a")) {
      assertInstanceOf(
          WebhookResult.Accepted.class, small.receive(bytes(joined(id)), name -> null));
    }
    assertEquals(2, small.forgottenEarly());
    assertEquals(200, small.receive(bytes(joined("c")), name -> null).status());
    assertRefused(WebhookResult.Reason.DUPLICATE, small.receive(bytes(joined("c")), name -> null));
    now = now.plus(Duration.ofHours(1)).plusSeconds(1);
    assertInstanceOf(WebhookResult.Accepted.class, small.receive(bytes(joined("c")), name -> null));
    assertEquals(2, small.forgottenEarly());
  }

  @Test
  void eventsWithoutAnIdentityAreAllNewAndPushEventsHaveTheirs() {
    String test = "{\"header\":{\"type\":\"webhookTest\"}}";
    assertInstanceOf(WebhookResult.Accepted.class, signed(test));
    assertInstanceOf(WebhookResult.Accepted.class, signed(test));
    String push =
        "{\"header\":{\"type\":\"pushEvent\"},\"pushNotificationId\":\"push_1\","
            + "\"endpointId\":\"bob\",\"originalMsg\":{\"body\":\"hi\"}}";
    WebhookResult.Accepted accepted = assertInstanceOf(WebhookResult.Accepted.class, signed(push));
    WebhookEvent.PushRequested event =
        assertInstanceOf(WebhookEvent.PushRequested.class, accepted.event());
    assertEquals(Optional.empty(), event.pushText());
    assertRefused(WebhookResult.Reason.DUPLICATE, signed(push));
  }

  @Test
  void ofManyAttemptsAtOnceOneIsAccepted() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<WebhookResult>> results =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            start.await();
                            return signed(joined("same"));
                          }))
              .toList();
      start.countDown();
      int accepted = 0;
      for (Future<WebhookResult> result : results) {
        accepted += result.get() instanceof WebhookResult.Accepted ? 1 : 0;
      }
      assertEquals(1, accepted);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aHugeBodyIsRefusedBeforeAnybodyLooksAtIt() {
    WebhookReceiver small =
        WebhookReceiver.builder()
            .verifier(
                (body, headers, at) -> {
                  throw new AssertionError("looked at");
                })
            .maxBody(10)
            .build();
    assertRefused(WebhookResult.Reason.TOO_LARGE, small.receive(bytes(joined("r1")), name -> null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\"text\"",
        "null",
        "{}",
        "{\"header\":1}",
        "{\"header\":{\"type\":7}}",
        "{\"header\":{\"type\":\"x\"},\"time\":1e300}",
        "{\"header\":{\"type\":\"webhookTest\"},\"time\":31556889864403200}"
      })
  void whatIsNoEventIsMalformed(String body) {
    assertRefused(WebhookResult.Reason.MALFORMED, signed(body));
  }

  @Test
  void deepAndUndecodableBodiesAreMalformed() {
    assertRefused(WebhookResult.Reason.MALFORMED, signed("[".repeat(100_000)));
    byte[] body = bytes(joined("r\u00e9"));
    byte[] latin = joined("r\u00e9").getBytes(StandardCharsets.ISO_8859_1);
    String header = signature(SECRET, START.getEpochSecond(), latin);
    assertRefused(WebhookResult.Reason.MALFORMED, receiver.receive(latin, name -> header));
    assertInstanceOf(
        WebhookResult.Accepted.class,
        receiver.receive(body, name -> signature(SECRET, START.getEpochSecond(), body)));
  }

  @Test
  void aTypeNobodyKnowsAndAnIncompleteEventAreEventsToo() {
    WebhookEvent.Unknown unknown = unknown(joined("r1").replace("groupJoined", "groupPainted"));
    assertEquals("groupPainted", unknown.envelope().type());
    assertEquals("announce_", unknown.envelope().json().getString("group"));
    assertEquals("group is missing", unknown(joined("r2").replace("\"group\"", "\"g\"")).problem());
    assertEquals(
        "to or group is missing",
        unknown("{\"header\":{\"type\":\"message\"},\"endpointId\":\"a\",\"message\":1}")
            .problem());
  }

  private WebhookEvent.Unknown unknown(String body) {
    WebhookResult.Accepted accepted = assertInstanceOf(WebhookResult.Accepted.class, signed(body));
    return assertInstanceOf(WebhookEvent.Unknown.class, accepted.event());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "endpointConnected|EndpointConnected|'endpointId':'a'",
        "endpointDisconnected|EndpointDisconnected|'endpointId':'a'",
        "groupLeft|GroupLeft|'endpointId':'a','group':'g'",
        "message|MessageSent|'endpointId':'a','to':'b','message':'hi'",
        "message|MessageSent|'endpointId':'a','group':'g','message':{'x':1}",
        "callStarted|CallStarted|'endpointId':'a','to':'b','sessionId':'s'",
        "callAnswered|CallAnswered|'endpointId':'b','sessionId':'s'",
        "callEnded|CallEnded|'sessionId':'s'",
        "webhookTest|TestSent|'appId':'A'",
        "brandNew|Unknown|'appId':'A'",
      })
  void everyTypeHasItsRecord(String type, String record, String members) {
    String body = "{\"header\":{\"type\":\"" + type + "\"}," + members.replace('\'', '"') + "}";
    WebhookResult.Accepted accepted = assertInstanceOf(WebhookResult.Accepted.class, signed(body));
    assertEquals(record, accepted.event().getClass().getSimpleName());
  }

  @Test
  void aSharedSecretInAHeaderOrInTheUrlWillDo() {
    WebhookReceiver shared =
        WebhookReceiver.builder()
            .verifier(WebhookVerifier.sharedSecret("X-Hook-Secret", List.of(SECRET, ROTATED)))
            .build();
    Map<String, String> query = Map.of("X-Hook-Secret", ROTATED);
    assertEquals(200, shared.receive(bytes(joined("r1")), query::get).status());
    assertRefused(
        WebhookResult.Reason.BAD_SIGNATURE,
        shared.receive(bytes(joined("r2")), name -> SECRET + "x"));
    assertRefused(WebhookResult.Reason.UNSIGNED, shared.receive(bytes(joined("r2")), n -> null));
  }

  @Test
  void whatCannotWorkIsRefusedAtOnce() {
    assertThrows(IllegalArgumentException.class, () -> WebhookReceiver.builder().build());
    assertThrows(IllegalArgumentException.class, () -> WebhookReceiver.of(" "));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            WebhookReceiver.builder()
                .secret(SECRET)
                .verifier((body, headers, at) -> Optional.empty())
                .build());
    assertThrows(
        IllegalArgumentException.class,
        () -> WebhookReceiver.builder().secret(SECRET).tolerance(Duration.ZERO).build());
  }

  @Test
  void secretsAreNeverShown() {
    String shown =
        receiver
            + " "
            + signed(joined("r1"))
            + receive(joined("r3"), "wrong")
            + WebhookVerifier.sharedSecret("X", List.of(SECRET))
            + WebhookVerifier.signature(Duration.ofMinutes(1), List.of(SECRET));
    assertFalse(shown.contains("whsec_"), shown);
  }
}
