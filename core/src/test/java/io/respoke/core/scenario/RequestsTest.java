package io.respoke.core.scenario;

import static io.respoke.core.scenario.Stage.failure;
import static io.respoke.core.scenario.Stage.isDone;
import static io.respoke.core.scenario.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.CallOptions;
import io.respoke.Client;
import io.respoke.ConnectionLostException;
import io.respoke.ConnectionState;
import io.respoke.HangupReason;
import io.respoke.OverflowException;
import io.respoke.RequestRejectedException;
import io.respoke.RequestRejectedException.Reason;
import io.respoke.RequestTimeoutException;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.RateLimitLifted;
import io.respoke.event.RateLimitReached;
import io.respoke.protocol.Json;
import io.respoke.spi.Telemetry;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
  @RegisterExtension final Stage stage = new Stage();

  private static CompletionStage<JsonValue> ask(Client client) {
    return client.request("get", "/v1/turn", null);
  }

  @Test
  void anAnswerBelongsToItsRequestWhateverTheOrder() {
    Client client = stage.connected();
    List<CompletionStage<JsonValue>> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      stage.service.nextHangs("get", "/v1/turn");
      answers.add(ask(client));
    }
    List<ScriptedService.Received> asked =
        stage.service.received().stream()
            .filter(r -> r.request().path().equals("/v1/turn"))
            .toList();

    for (int i : new int[] {2, 0, 1}) {
      asked.get(i).answer(200, "{\"n\":" + i + "}");
    }

    for (int i = 0; i < 3; i++) {
      assertEquals(Json.parse("{\"n\":" + i + "}"), join(answers.get(i)));
    }
    assertEquals(0, client.inspect().pendingRequests());
  }

  @Test
  void aRefusalIsAnErrorWithItsStatusReasonAndRequestId() {
    Client client = stage.connected();
    stage.service.next("get", "/v1/turn", 403, "{\"error\":\"no mediaRelay\"}");

    RequestRejectedException error = failure(RequestRejectedException.class, ask(client));

    assertEquals(403, error.status());
    assertEquals(Reason.NOT_AUTHORIZED, error.reason());
    assertEquals("no mediaRelay", error.error());
    assertEquals("get /v1/turn", error.request());
    assertEquals(Optional.of("socket-403"), error.requestId());
  }

  @Test
  void aRequestEndsAtItsDeadlineAndALateAnswerIsReported() {
    Client client = stage.connected(stage.options().requestTimeout(Duration.ofSeconds(5)).build());
    stage.service.nextHangs("get", "/v1/turn");
    CompletionStage<JsonValue> answer = ask(client);

    stage.time.advance(4999);
    assertFalse(isDone(answer));
    stage.time.advance(1);

    RequestTimeoutException error = failure(RequestTimeoutException.class, answer);
    assertEquals(Duration.ofSeconds(5), error.timeout());
    assertTrue(error.getMessage().contains("get /v1/turn"), error.getMessage());
    assertEquals(0, client.inspect().pendingRequests());

    stage.service.last("/v1/turn").answer(200, "{}");
    ErrorOccurred problem = stage.event(ErrorOccurred.class);
    assertEquals(ErrorOccurred.Origin.PROTOCOL, problem.origin());
    assertEquals(ConnectionState.CONNECTED, client.state());
  }

  @Test
  void deadlinesOfManyRequestsAreEachTheirOwn() {
    Client client = stage.connected(stage.options().requestTimeout(Duration.ofSeconds(5)).build());
    List<CompletionStage<JsonValue>> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      stage.service.nextHangs("get", "/v1/turn");
      answers.add(ask(client));
      stage.time.advance(1000);
    }

    stage.time.advance(2000);
    assertEquals(List.of(true, false, false), answers.stream().map(Stage::isDone).toList());
    stage.time.advance(1000);
    assertEquals(List.of(true, true, false), answers.stream().map(Stage::isDone).toList());
    stage.time.advance(1000);
    assertEquals(List.of(true, true, true), answers.stream().map(Stage::isDone).toList());
  }

  @Test
  void aDropFailsWhatIsUnderWayAndSaysThatItMayHaveBeenDone() {
    Client client = stage.connected();
    stage.service.nextHangs("get", "/v1/turn");
    CompletionStage<JsonValue> answer = ask(client);

    stage.cut();

    assertTrue(failure(ConnectionLostException.class, answer).sent());
    ConnectionLostException later = failure(ConnectionLostException.class, ask(client));
    assertFalse(later.sent(), "nothing is queued for later");
    assertTrue(later.getMessage().contains("RECONNECTING"), later.getMessage());
  }

  @Test
  void closingFailsWhatIsUnderWay() {
    Client client = stage.connected();
    stage.service.nextHangs("get", "/v1/turn");
    CompletionStage<JsonValue> answer = ask(client);

    client.close();

    failure(ConnectionLostException.class, answer);
    failure(ConnectionLostException.class, ask(client));
  }

  @Test
  void tooManyRequestsUnderWayAreRefusedUnsentUntilOneEnds() {
    Client client = stage.connected(stage.options().outboundLimit(2).build());
    stage.service.always("get", "/v1/turn", request -> null);
    ask(client);
    CompletionStage<JsonValue> second = ask(client);
    stage.takeLog();

    OverflowException error = failure(OverflowException.class, ask(client));

    assertEquals(2, error.limit());
    assertEquals(List.of(), stage.takeLog());
    stage.service.last("/v1/turn").answer(200, "{}");
    assertTrue(isDone(second));
    assertFalse(isDone(ask(client)));
  }

  @Test
  void aBodyMayHaveTwentyThousandBytesAndNoMore() {
    Client client = stage.connected();
    int envelope = "{\"x\":\"\"}".length();
    String fits = "ä".repeat((20_000 - envelope) / 2);

    join(client.request("post", "/v1/messages", Json.object().add("x", fits).build()));
    OverflowException error =
        failure(
            OverflowException.class,
            client.request("post", "/v1/messages", Json.object().add("x", fits + "b").build()));

    assertEquals(20_000, error.limit());
    assertTrue(error.getMessage().contains("20001"), error.getMessage());
    assertEquals(0, client.inspect().pendingRequests());
  }

  @Test
  void onlyWhatTheProtocolHasIsARequest() {
    Client client = stage.connected();
    for (Runnable attempt :
        List.<Runnable>of(
            () -> client.request("patch", "/v1/turn", null),
            () -> client.request("get", "/v2/turn", null),
            () -> client.request("get", "http://elsewhere/v1/turn", null),
            () -> client.request("post", "/v1/turn", Json.array().build()))) {
      assertThrows(IllegalArgumentException.class, attempt::run);
    }
    join(client.request("GET", "/v1/turn", null));
    assertEquals(List.of("get /v1/turn"), stage.takeLog());
  }

  // --- the rate limit

  @Test
  void aRateLimitedRequestIsRepeatedAfterTheTimeTheHeadersSay() {
    Client client = stage.connected();
    stage.service.next("get", "/v1/turn", ScriptedService.rateLimited(4));

    CompletionStage<JsonValue> answer = ask(client);

    assertFalse(isDone(answer));
    RateLimitReached reached = stage.event(RateLimitReached.class);
    assertEquals("get /v1/turn", reached.request());
    assertEquals(Duration.ofMillis(250), reached.retryAfter());
    stage.time.advance(249);
    assertEquals(List.of("get /v1/turn"), stage.takeLog());
    stage.time.advance(1);
    assertEquals(List.of("get /v1/turn"), stage.takeLog());
    join(answer);
    assertEquals(1, stage.events(RateLimitLifted.class).size());
  }

  @Test
  void manyRateLimitedRequestsArePacedAndToldOfOnce() {
    Client client = stage.connected();
    List<CompletionStage<JsonValue>> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      stage.service.next("get", "/v1/turn", ScriptedService.rateLimited(10));
      answers.add(ask(client));
    }
    stage.takeLog();
    for (int i = 1; i <= 4; i++) {
      stage.time.advance(99);
      assertEquals(List.of(), stage.takeLog());
      stage.time.advance(1);
      assertEquals(List.of("get /v1/turn"), stage.takeLog(), "one each 100 ms");
      assertTrue(isDone(answers.get(i - 1)));
    }
    assertEquals(1, stage.events(RateLimitReached.class).size());
    assertEquals(1, stage.events(RateLimitLifted.class).size());
  }

  @Test
  void aRequestThatMeetsTheLimitThreeTimesIsRefused() {
    Client client = stage.connected();
    for (int i = 0; i < 3; i++) {
      stage.service.next("get", "/v1/turn", ScriptedService.rateLimited(10));
    }
    CompletionStage<JsonValue> answer = ask(client);

    stage.time.advance(1000);

    assertEquals(Reason.RATE_LIMITED, failure(RequestRejectedException.class, answer).reason());
    assertEquals(3, stage.takeLog().size());
    assertEquals(List.of(), stage.events(RateLimitLifted.class));
  }

  @Test
  void theDeadlineHoldsForARequestThatWaitsToBeRepeated() {
    Client client = stage.connected(stage.options().requestTimeout(Duration.ofMillis(500)).build());
    stage.service.next("get", "/v1/turn", ScriptedService.rateLimited(1));
    CompletionStage<JsonValue> answer = ask(client);

    stage.time.advance(500);

    failure(RequestTimeoutException.class, answer);
    stage.time.advance(1000);
    assertEquals(List.of("get /v1/turn"), stage.takeLog(), "it is not sent again");
  }

  @Test
  void aRequestThatWaitsToBeRepeatedFailsWithTheConnectionAndTheLimitIsLiftedByTheNext() {
    Client client = stage.connected();
    stage.service.next("get", "/v1/turn", ScriptedService.rateLimited(1));
    CompletionStage<JsonValue> answer = ask(client);

    stage.cut();
    failure(ConnectionLostException.class, answer);
    assertEquals(List.of(), stage.events(RateLimitLifted.class));
    client.reconnectNow();

    assertEquals(1, stage.events(RateLimitLifted.class).size());
  }

  // --- what makes no sense

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "",
        "9:::",
        "5:::{\"name\":",
        "6:::77+[]",
        "6:::not-a-number",
        "6:::1",
      })
  void whatMakesNoSenseIsReportedAndTheConnectionGoesOn(String frame) {
    Client client = stage.connected();

    stage.service.peer().send(frame);

    ErrorOccurred problem = stage.event(ErrorOccurred.class);
    assertEquals(ErrorOccurred.Origin.PROTOCOL, problem.origin());
    assertEquals(ConnectionState.CONNECTED, client.state());
    join(ask(client));
  }

  @Test
  void anAnswerThatComesTwiceIsTakenOnce() {
    Client client = stage.connected();
    CompletionStage<JsonValue> answer = ask(client);
    join(answer);

    stage.service.last("/v1/turn").answer(500, "{}");

    join(answer);
    assertEquals(ErrorOccurred.Origin.PROTOCOL, stage.event(ErrorOccurred.class).origin());
  }

  // --- telemetry

  @Test
  void telemetryIsToldOfMessagesAndCalls() {
    List<String> told = new ArrayList<>();
    stage.telemetry(
        new Telemetry() {
          @Override
          public void messageSent(boolean inGroup) {
            told.add("sent " + inGroup);
          }

          @Override
          public void callStarted(boolean incoming) {
            told.add("started " + incoming);
          }

          @Override
          public void callEnded(boolean incoming, HangupReason reason, Duration connected) {
            told.add("ended " + incoming + " " + reason + " " + connected);
          }
        });
    Client client = stage.connected();

    join(client.sendMessage("spock", "hi"));
    join(client.group("g").sendMessage("hi"));
    stage.service.next("post", "/v1/messages", 403, "{}");
    client.sendMessage("spock", "hi");
    client.startAudioCall("spock", CallOptions.builder().build());

    assertEquals(
        List.of("sent false", "sent true", "started false", "ended false MEDIA_FAILED PT0S"), told);
  }

  @Test
  void telemetryIsToldHowEachRequestEndsExactlyOnce() {
    List<String> told = new ArrayList<>();
    stage.telemetry(
        new Telemetry() {
          @Override
          public void requestEnded(String method, String route, Outcome outcome, Duration latency) {
            told.add(method + " " + route + " " + outcome + " " + latency.toMillis());
          }
        });
    Client client =
        stage.connected(
            stage.options().outboundLimit(1).requestTimeout(Duration.ofSeconds(2)).build());

    join(client.group("g").members());
    stage.service.next("get", "/v1/turn", 404, "{}");
    ask(client);
    stage.service.nextHangs("get", "/v1/turn");
    ask(client);
    ask(client); // one too many
    stage.time.advance(2000);
    stage.service.nextHangs("get", "/v1/turn");
    ask(client);
    stage.time.advance(300);
    stage.cut();
    ask(client);

    assertEquals(
        List.of(
            "get /v1/channels/{id}/subscribers SUCCESS 0",
            "get /v1/turn REJECTED 0",
            "get /v1/turn OVERFLOW 0",
            "get /v1/turn TIMEOUT 2000",
            "get /v1/turn CONNECTION_LOST 300",
            "get /v1/turn CONNECTION_LOST 0"),
        told);
  }
}
