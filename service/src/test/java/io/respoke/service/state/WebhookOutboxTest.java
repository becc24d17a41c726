package io.respoke.service.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.state.WebhookAnswer.Verdict;
import io.respoke.service.state.WebhookDelivery.Status;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookOutboxTest {
  private static final WebhookPolicy POLICY =
      new WebhookPolicy(5, 1_000, 3, 3, 1_000, 8_000, 60_000, 10);

  private final List<String> journal = new ArrayList<>();
  private final WebhookOutbox outbox = outbox(POLICY);
  private long now = 1_000_000;

  private WebhookOutbox outbox(WebhookPolicy policy) {
    return new WebhookOutbox(
        policy,
        new WebhookJournal() {
          @Override
          public void queued(WebhookDelivery delivery) {
            journal.add("+" + delivery.id());
          }

          @Override
          public void replayed(WebhookDelivery delivery) {
            journal.add("*" + delivery.id());
          }

          @Override
          public void finished(WebhookDelivery delivery, List<WebhookDelivery> forgotten) {
            assertTrue(delivery.finished());
            journal.add("-" + delivery.id());
            forgotten(forgotten);
          }

          @Override
          public void forgotten(List<WebhookDelivery> deliveries) {
            deliveries.forEach(old -> journal.add("!" + old.id()));
          }
        });
  }

  private void add(String id, String key) {
    assertTrue(outbox.add(id, "message", key, "{}", now));
  }

  private WebhookDelivery next(String id) {
    WebhookDelivery delivery = outbox.next(now);
    assertNotNull(delivery);
    assertEquals(id, delivery.id());
    assertEquals(Status.SENDING, delivery.status());
    return delivery;
  }

  private void answer(WebhookDelivery delivery, int status) {
    outbox.answered(delivery, delivery.attempts(), new WebhookAnswer(status, 3, null), now, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "200, DELIVERED", "204, DELIVERED", "299, DELIVERED", "0, RETRY", "100, RETRY", "301, RETRY",
    "307, RETRY", "400, REFUSED", "401, RETRY", "403, RETRY", "404, RETRY", "408, RETRY",
    "410, REFUSED", "413, REFUSED", "422, REFUSED", "429, RETRY", "500, RETRY", "503, RETRY"
  })
  void theStatusDecides(int status, Verdict verdict) {
    assertEquals(verdict, new WebhookAnswer(status, 1, null).verdict());
  }

  @Test
  void oneKeyIsInOrderAndKeysDoNotWaitForEachOther() {
    add("a1", "a");
    add("a2", "a");
    add("b1", "b");
    WebhookDelivery first = next("a1");
    WebhookDelivery other = next("b1");
    assertNull(outbox.next(now));
    answer(first, 500);
    assertNull(outbox.next(now), "a2 waits behind a1");
    answer(other, 200);
    now += 1_000;
    answer(next("a1"), 200);
    answer(next("a2"), 200);
    assertEquals(0, outbox.pending());
    assertEquals(List.of("+a1", "+a2", "+b1", "-b1", "-a1", "-a2"), journal);
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    add("a1", "a");
    for (long pause : List.of(1_000L, 2_000L, 4_000L, 8_000L, 8_000L)) {
      answer(next("a1"), 503);
      now += pause - 1;
      assertNull(outbox.next(now), () -> "before " + pause);
      now++;
    }
    assertEquals(6, next("a1").attempts());
  }

  @Test
  void chanceShortensAPauseToAHalfAtMost() {
    assertEquals(500, POLICY.delay(1, 0));
    assertEquals(1_000, POLICY.delay(1, 1));
    assertEquals(8_000, POLICY.delay(1_000_000, 1));
  }

  @Test
  void anEventIsGivenUpAfterATimeOrSoManyAttemptsAndTheNextOneGoes() {
    add("a1", "a");
    add("a2", "a");
    answer(next("a1"), 500);
    now += POLICY.giveUpMillis();
    WebhookDelivery last = next("a1");
    answer(last, 500);
    assertEquals(Status.DEAD, last.status());
    assertEquals("answered with 500", last.problem());
    now = 1_000_000;
    WebhookOutbox few = outbox(new WebhookPolicy(5, 1_000, 3, 3, 1, 1, 60_000, 3));
    assertTrue(few.add("b1", "message", "b", "{}", now));
    for (int attempt = 1; attempt <= 3; attempt++) {
      WebhookDelivery tried = few.next(now);
      assertEquals(Status.SENDING, tried.status());
      few.answered(tried, attempt, new WebhookAnswer(0, 1, "no answer"), now, 1);
      now++;
    }
    assertEquals(Status.DEAD, few.find("b1").status());
    assertEquals("no answer", few.find("b1").problem());
    assertEquals(0, few.pending());
    next("a2");
  }

  @Test
  void aRefusedEventIsDeadAtOnceAndItsKeyGoesOn() {
    add("a1", "a");
    add("a2", "a");
    WebhookDelivery refused = next("a1");
    answer(refused, 400);
    assertEquals(Status.DEAD, refused.status());
    next("a2");
  }

  @Test
  void noMoreThanSoManyAreSentAtOnce() {
    for (String key : List.of("a", "b", "c", "d")) {
      add(key + 1, key);
    }
    WebhookDelivery first = next("a1");
    next("b1");
    next("c1");
    assertNull(outbox.next(now));
    answer(first, 200);
    next("d1");
  }

  @Test
  void whatDoesNotFitIsCounted() {
    for (int i = 0; i < 5; i++) {
      add("a" + i, "a");
    }
    assertFalse(outbox.add("a5", "message", "a", "{}", now));
    assertEquals(1, outbox.dropped());
    assertNull(outbox.find("a5"));
    WebhookOutbox small = outbox(new WebhookPolicy(5, 10, 3, 3, 1, 1, 1, 1));
    assertTrue(small.add("x", "message", "a", "123456", now));
    assertFalse(small.add("y", "message", "a", "123456", now));
    WebhookDelivery sent = small.next(now);
    small.answered(sent, 1, new WebhookAnswer(200, 1, null), now, 0);
    assertTrue(small.add("z", "message", "a", "123456", now), "finished ones make room");
    assertNull(small.find("x"));
    assertEquals(1, small.dropped());
  }

  @Test
  void finishedOnesAreForgottenOldestFirst() {
    for (int i = 0; i < 5; i++) {
      add("a" + i, "a");
      answer(next("a" + i), 200);
    }
    assertEquals(
        List.of("a4", "a3", "a2"), outbox.newest().stream().map(WebhookDelivery::id).toList());
    assertEquals(
        List.of("+a0", "-a0", "+a1", "-a1", "+a2", "-a2", "+a3", "-a3", "!a0", "+a4", "-a4", "!a1"),
        journal);
  }

  @Test
  void whatMakesRoomOrWayIsForgottenInTheJournalToo() {
    WebhookOutbox small = outbox(new WebhookPolicy(5, 10, 3, 3, 1, 1, 1, 1));
    assertTrue(small.add("x", "message", "a", "123456", now));
    small.answered(small.next(now), 1, new WebhookAnswer(200, 1, null), now, 0);
    assertTrue(small.add("z", "message", "a", "123456", now));
    assertEquals(List.of("+x", "-x", "!x", "+z"), journal);
    journal.clear();
    for (int i = 0; i < 3; i++) {
      add("a" + i, "a");
      answer(next("a" + i), 200);
    }
    add("b", "b");
    journal.clear();
    outbox.abandon("the webhook was removed");
    assertEquals(List.of("!a0"), journal);
  }

  private List<String> restoreFinished(String id, Status status, String problem) {
    return outbox
        .restoreFinished(id, status, 2, now, new WebhookAnswer(422, 7, problem), problem)
        .stream()
        .map(WebhookDelivery::id)
        .toList();
  }

  @Test
  void whatHadEndedIsThereAgainAndIsNotSentByItself() {
    for (String id : List.of("a1", "a2", "a3", "b1", "b2")) {
      outbox.restore(id, "message", id.substring(0, 1), "{}", now);
    }
    assertEquals(List.of(), restoreFinished("a2", Status.DEAD, "answered with 422"));
    assertEquals(List.of(), restoreFinished("b1", Status.DELIVERED, null));
    assertEquals(List.of(), restoreFinished("b2", Status.DELIVERED, null));
    assertEquals(List.of(), restoreFinished("unknown", Status.DEAD, null));
    assertEquals(2, outbox.pending());
    WebhookDelivery dead = outbox.find("a2");
    assertEquals("dead", dead.toJson().getString("status"));
    assertEquals(2, dead.toJson().getInt("attempts"));
    assertEquals(422, dead.toJson().getInt("responseStatus"));
    assertEquals(7, dead.toJson().getInt("durationMillis"));
    assertEquals("answered with 422", dead.toJson().getString("problem"));
    assertEquals(List.of("a2"), restoreFinished("a3", Status.DEAD, "x"), "the oldest makes room");
    answer(next("a1"), 200);
    assertNull(outbox.next(now), "there is nothing else to send");
    assertTrue(outbox.replay("b2", now));
    answer(next("b2"), 200);
    assertEquals(3, outbox.find("b2").attempts());
    assertEquals(0, outbox.pending());
  }

  @Test
  void aFinishedEventCanBeReplayedWithFreshAttempts() {
    add("a1", "a");
    assertFalse(outbox.replay("a1", now), "it waits already");
    answer(next("a1"), 400);
    assertTrue(outbox.replay("a1", now));
    assertFalse(outbox.replay("a1", now));
    WebhookDelivery again = next("a1");
    assertEquals(2, again.attempts());
    answer(again, 200);
    assertEquals(Status.DELIVERED, again.status());
    assertNull(again.problem());
    assertTrue(outbox.replay("a1", now), "a delivered one too");
    assertFalse(outbox.replay("unknown", now));
    assertEquals(List.of("+a1", "-a1", "*a1", "-a1", "*a1"), journal);
  }

  @Test
  void whatIsAbandonedEndsAndLateAnswersMeanNothing() {
    add("a1", "a");
    add("a2", "a");
    WebhookDelivery sending = next("a1");
    int attempt = sending.attempts();
    outbox.abandon("the webhook was removed");
    assertEquals(0, outbox.pending());
    assertEquals(Status.DEAD, sending.status());
    assertTrue(outbox.replay("a1", now));
    WebhookDelivery again = next("a1");
    outbox.answered(again, attempt, new WebhookAnswer(200, 1, null), now, 0);
    assertEquals(Status.SENDING, again.status(), "that was the answer to the attempt before");
    answer(again, 200);
    assertEquals(Status.DELIVERED, again.status());
    assertEquals(Status.DEAD, outbox.find("a2").status());
  }

  @Test
  void waitingEventsCanBeHurried() {
    add("a1", "a");
    answer(next("a1"), 500);
    assertNull(outbox.next(now));
    outbox.hurry();
    next("a1");
  }

  @Test
  void theNextAttemptIsShownWhileAPauseKeepsAnEventBack() {
    add("a1", "a");
    add("a2", "a");
    WebhookDelivery first = next("a1");
    answer(first, 500);
    assertEquals("1970-01-01T00:16:41.000Z", first.toJson().getString("nextAttemptAt"));
    assertFalse(outbox.find("a2").toJson().containsKey("nextAttemptAt"), "it has its turn later");
    now += 1_000;
    next("a1");
    assertFalse(first.toJson().containsKey("nextAttemptAt"), "that is now");
    answer(first, 500);
    outbox.hurry();
    assertFalse(first.toJson().containsKey("nextAttemptAt"), "it does not wait any more");
    answer(next("a1"), 500);
    outbox.abandon("the webhook was removed");
    assertFalse(first.toJson().containsKey("nextAttemptAt"), "there will be none");
  }

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, true",
    "127.0.0.1, false",
    "10.1.2.3, false",
    "172.16.0.1, false",
    "172.32.0.1, true",
    "192.168.1.1, false",
    "169.254.169.254, false",
    "100.64.0.1, false",
    "0.0.0.0, false",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "198.18.0.1, false",
    "::1, false",
    "::, false",
    "fe80::1, false",
    "fc00::1, false",
    "fd12::1, false",
    "::ffff:127.0.0.1, false",
    "64:ff9b::7f00:1, false",
    "2002:7f00:1::, false",
    "2001:0:1::1, false",
    "2606:4700::1111, true",
    "ff02::1, false"
  })
  void onlyPublicAddressesArePublic(String address, boolean expected) throws Exception {
    assertEquals(expected, WebhookAddresses.isPublic(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/hook?x=1, true",
    "http://127.0.0.1:8080, true",
    "ftp://example.com, false",
    "file:///etc/passwd, false",
    "//example.com, false",
    "https:///hook, false",
    "'', false",
    "https://user:pw@example.com, false",
    "https://example.com/#x, false",
    "https://exa mple.com, false",
    "javascript:alert(1), false"
  })
  void onlyWebAddressesAreUrls(String url, boolean expected) {
    assertEquals(expected, WebhookConfig.problemOfUrl(url) == null);
  }

  @Test
  void theSignatureIsTheDocumentedOne() {
    // echo -n '1700000000.{"a":1}' | openssl dgst -sha256 -hmac whsec_test
    assertEquals(
        "t=1700000000,v1=38877139021993b830af32feea6e18a8da83eb2f6e49ee50bd9e4cf4ca4d3789",
        WebhookSignature.of("whsec_test", 1_700_000_000, "{\"a\":1}"));
  }

  @Test
  void secretsAreNotShown() {
    WebhookConfig config = new WebhookConfig("https://x/?key=abc", "whsec_x", java.util.Set.of());
    assertFalse((config + "").contains("whsec") || (config + "").contains("abc"));
  }
}
