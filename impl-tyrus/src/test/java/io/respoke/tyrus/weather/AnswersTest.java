package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.ConnectionLostException;
import io.respoke.OverflowException;
import io.respoke.RequestRejectedException;
import io.respoke.RequestRejectedException.Reason;
import io.respoke.RequestTimeoutException;
import io.respoke.event.Disconnected;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.RateLimitLifted;
import io.respoke.event.RateLimitReached;
import io.respoke.tyrus.weather.LyingSocket.Ask;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that come too often, too late, too early or not at all. */
@Tag("slow") // it waits for real deadlines
class AnswersTest {
  @RegisterExtension final Aftermath after = new Aftermath();

  private final LyingServer server = LyingServer.start();
  private final BlockingQueue<Ask> asked = new LinkedBlockingQueue<>();

  /** A connected client; whatever it asks from now on waits in {@link #asked}. */
  private Guest connected() {
    return connected(after.guest(Options.of(server)));
  }

  private Guest connected(Guest guest) {
    after.closing(server);
    Await.value(guest.client.connect());
    server.answers(
        ask -> {
          asked.add(ask);
          return null;
        });
    return guest;
  }

  private Ask nextAsked() throws InterruptedException {
    Ask ask = asked.poll(Await.PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
    assertTrue(ask != null, "nothing was asked");
    return ask;
  }

  private void goesOn(Guest joe) {
    server.answers(LyingServer::truth);
    Await.value(joe.client.request("get", "/v1/after", null));
  }

  @Test
  void an_answer_to_nothing_is_one_error_event() {
    Guest joe = connected();

    server.next().send("6:::4711+[{}]");

    ErrorOccurred error = joe.next(ErrorOccurred.class);
    assertEquals(ErrorOccurred.Origin.PROTOCOL, error.origin());
    assertTrue(error.error().getMessage().contains("4711"), error.error().getMessage());
    goesOn(joe);
  }

  @Test
  void a_second_answer_is_one_error_event() throws InterruptedException {
    Guest joe = connected();
    CompletionStage<JsonValue> answer = joe.client.request("get", "/v1/twice", null);
    Ask ask = nextAsked();

    ask.socket().send(ask.ok("{\"number\":1}"));
    ask.socket().send(ask.ok("{\"number\":2}"));

    assertEquals(1, Await.value(answer).asJsonObject().getInt("number"));
    assertEquals(ErrorOccurred.Origin.PROTOCOL, joe.next(ErrorOccurred.class).origin());
    goesOn(joe);
  }

  @Test
  void an_answer_after_the_deadline_is_one_error_event_and_the_request_has_timed_out()
      throws InterruptedException {
    Guest joe = connected(after.guest(Options.of(server).requestTimeout(Options.SHORT)));
    CompletionStage<JsonValue> answer = joe.client.request("get", "/v1/late", null);
    Ask ask = nextAsked();

    RequestTimeoutException late = Await.failure(RequestTimeoutException.class, answer);
    ask.socket().send(ask.ok("{}"));

    assertEquals(Options.SHORT, late.timeout());
    assertTrue(late.getMessage().contains("get /v1/late"), late.getMessage());
    assertEquals(ErrorOccurred.Origin.PROTOCOL, joe.next(ErrorOccurred.class).origin());
    assertTrue(joe.client.isConnected());
  }

  @Test
  void an_answer_before_its_request_is_not_taken_for_the_answer() throws InterruptedException {
    Guest joe = connected();
    CompletionStage<JsonValue> first = joe.client.request("get", "/v1/first", null);
    Ask ask = nextAsked();
    ask.socket().send("6:::" + (ask.id() + 1) + "+[{\"too\":\"early\"}]");
    joe.next(ErrorOccurred.class);

    CompletionStage<JsonValue> second = joe.client.request("get", "/v1/second", null);
    Ask next = nextAsked();
    next.socket().send(next.ok("{\"in\":\"time\"}"));
    ask.socket().send(ask.ok("{}"));

    assertEquals(ask.id() + 1, next.id());
    assertTrue(Await.value(second).asJsonObject().containsKey("in"));
    Await.value(first);
  }

  @Test
  void answers_in_any_order_find_their_requests() throws InterruptedException {
    Guest joe = connected();
    List<CompletionStage<JsonValue>> answers = new ArrayList<>();
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(joe.client.request("get", "/v1/number/" + i, null));
      asks.add(nextAsked());
    }

    for (int i = 49; i >= 0; i--) {
      Ask ask = asks.get(i);
      ask.socket().send(ask.ok("{\"name\":\"" + ask.name() + "\"}"));
    }

    for (int i = 0; i < 50; i++) {
      JsonObject answer = Await.value(answers.get(i)).asJsonObject();
      assertEquals("get /v1/number/" + i, answer.getString("name"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"statusCode\":200,\"body\":{\"a\":1}} | {\"a\":1}",
        "{\"statusCode\":200,\"body\":\"{\\\"a\\\":1}\"} | {\"a\":1}",
        "{\"statusCode\":204} | null",
        "{\"statusCode\":302,\"body\":{}} | {}",
        "{\"statusCode\":418,\"body\":{}} | {}",
        "{\"statusCode\":-5,\"body\":{}} | {}",
        "{\"a\":1} | {\"a\":1}",
        "\"{\\\"a\\\":1}\" | {\"a\":1}",
        "\"text\" | \"text\"",
        "[1,2] | [1,2]",
        "null | null",
        "7 | 7",
        "{\"error\":null} | {\"error\":null}"
      })
  void every_form_of_answer_is_taken(String argument, String body) throws InterruptedException {
    Guest joe = connected();
    CompletionStage<JsonValue> answer = joe.client.request("get", "/v1/any", null);
    Ask ask = nextAsked();

    ask.socket().send("6:::" + ask.id() + "+[" + argument + "]");

    assertEquals(body, Await.value(answer).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "400,INVALID",
    "401,NOT_AUTHENTICATED",
    "403,NOT_AUTHORIZED",
    "404,NOT_FOUND",
    "409,CONFLICT",
    "500,SERVER_ERROR",
    "502,SERVER_ERROR",
    "503,MAINTENANCE",
    "499,OTHER"
  })
  void a_refusal_is_a_typed_error_with_status_and_request_id(int status, Reason reason)
      throws InterruptedException {
    Guest joe = connected();
    CompletionStage<Void> answer = joe.client.sendMessage("eve", "hello");
    Ask ask = nextAsked();

    ask.socket().send(ask.answer(status, "{\"error\":\"because\"}"));

    RequestRejectedException refusal = Await.failure(RequestRejectedException.class, answer);
    assertEquals(status, refusal.status());
    assertEquals(reason, refusal.reason());
    assertEquals("request-" + status, refusal.requestId().get());
    assertEquals("because", refusal.error());
    assertEquals("post /v1/messages", refusal.request());
  }

  @Test
  void a_refusal_that_is_not_json_is_a_typed_error() throws InterruptedException {
    Guest joe = connected();
    CompletionStage<Void> answer = joe.client.sendMessage("eve", "hello");
    Ask ask = nextAsked();

    ask.socket().send(ask.answer(500, "\"<html>oops</html>\""));

    assertEquals(500, Await.failure(RequestRejectedException.class, answer).status());
  }

  @Test
  void a_request_that_meets_the_rate_limit_is_repeated_until_it_is_taken() {
    AtomicInteger times = new AtomicInteger();
    Guest joe = connected();
    server.answers(
        ask -> times.incrementAndGet() <= 2 ? ask.answer(429, "{}") : ask.ok("{\"at\":\"last\"}"));

    JsonValue answer = Await.value(joe.client.request("get", "/v1/busy", null));

    assertTrue(answer.asJsonObject().containsKey("at"));
    assertEquals(3, times.get());
    assertEquals("get /v1/busy", joe.next(RateLimitReached.class).request());
    joe.next(RateLimitLifted.class);
  }

  @Test
  void a_request_that_meets_the_rate_limit_every_time_is_refused() {
    AtomicInteger times = new AtomicInteger();
    Guest joe = connected();
    server.answers(
        ask -> {
          times.incrementAndGet();
          return ask.answer(429, "{\"error\":\"API rate limit was exceeded.\"}");
        });

    RequestRejectedException refusal =
        Await.failure(RequestRejectedException.class, joe.client.request("get", "/v1/busy", null));

    assertEquals(Reason.RATE_LIMITED, refusal.reason());
    assertEquals(3, times.get());
    joe.next(RateLimitReached.class);
  }

  @Test
  void a_repeated_request_ends_at_its_deadline() {
    Guest joe = connected(after.guest(Options.of(server).requestTimeout(Options.SHORT)));
    server.answers(ask -> ask.answer(429, "{}")); // to be repeated after a second

    Throwable unused =
        Await.failure(RequestTimeoutException.class, joe.client.request("get", "/v1/busy", null));

    joe.next(RateLimitReached.class);
  }

  @Test
  void a_lost_connection_fails_every_waiting_request_once() throws InterruptedException {
    Guest joe = connected();
    List<CompletionStage<JsonValue>> waiting = new ArrayList<>();
    AtomicInteger completions = new AtomicInteger();
    for (int i = 0; i < 20; i++) {
      CompletionStage<JsonValue> answer = joe.client.request("get", "/v1/number/" + i, null);
      waiting.add(answer.whenComplete((value, failure) -> completions.incrementAndGet()));
    }
    assertEquals(20, joe.client.inspect().pendingRequests());

    nextAsked().socket().cut();

    for (CompletionStage<JsonValue> answer : waiting) {
      assertTrue(Await.failure(ConnectionLostException.class, answer).sent());
    }
    assertEquals(20, completions.get());
    assertEquals(0, joe.client.inspect().pendingRequests());
    joe.next(Disconnected.class);
  }

  @Test
  void cancelling_the_future_of_a_stage_ends_nothing_but_that_future() throws InterruptedException {
    Guest joe = connected();
    CompletionStage<JsonValue> answer = joe.client.request("get", "/v1/any", null);

    assertTrue(answer.toCompletableFuture().cancel(true));
    assertTrue(answer.toCompletableFuture().complete(JsonValue.TRUE));
    Ask ask = nextAsked();
    ask.socket().send(ask.ok("{\"still\":\"here\"}"));

    assertTrue(Await.value(answer).asJsonObject().containsKey("still"));
  }

  // --- sizes

  @Test
  void a_body_over_the_limit_is_refused_and_not_sent() {
    Guest joe = connected();

    OverflowException refused =
        Await.failure(OverflowException.class, joe.client.request("post", "/v1/any", body(20_001)));

    assertEquals(20_000, refused.limit());
    assertTrue(refused.getMessage().contains("20001"), refused.getMessage());
    assertTrue(asked.isEmpty());
    goesOn(joe);
  }

  @Test
  void a_body_at_the_limit_is_sent() {
    Guest joe = connected();
    server.answers(ask -> ask.ok("{}"));

    Await.value(joe.client.request("post", "/v1/any", body(20_000)));
  }

  @Test
  void a_message_is_measured_in_bytes_and_with_all_that_goes_with_it() {
    Guest joe = connected();

    OverflowException refused =
        Await.failure(OverflowException.class, joe.client.sendMessage("eve", "ü".repeat(10_000)));
    OverflowException refusedToo =
        Await.failure(
            OverflowException.class, joe.client.group("g").sendMessage("x".repeat(20_000)));

    assertEquals(20_000, refused.limit());
    assertEquals(20_000, refusedToo.limit());
    assertFalse(refused.getMessage().contains("üü"), "the message is quoted");
    assertTrue(asked.isEmpty());
  }

  /** A body of so many bytes. */
  private static JsonObject body(int bytes) {
    int frame = "{\"x\":\"\"}".length();
    return Json.createObjectBuilder().add("x", "y".repeat(bytes - frame)).build();
  }
}
