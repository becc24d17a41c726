package io.respoke.tyrus.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.RequestTimeoutException;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.TokenSpec;
import io.respoke.tyrus.weather.LyingServer.Lie;
import io.respoke.tyrus.weather.LyingServer.Step;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The one deadline of an administrator's request, its repeats included. */
class AdminDeadlineTest {
  @RegisterExtension final Aftermath after = new Aftermath();

  /** Shorter than the wait after a 429 without a limit, and long enough for a slow machine. */
  private static final Duration DEADLINE = Duration.ofMillis(900);

  private static Admin admin(LyingServer server) {
    return Respoke.admin(
        AdminOptions.builder()
            .baseUrl(server.baseUrl())
            .appId("app")
            .appSecret("the-app-secret")
            .requestTimeout(DEADLINE)
            .build());
  }

  private static Stream<Arguments> lies() {
    return Stream.of(
        Arguments.of("silence", LyingServer.silence()),
        Arguments.of("half an answer, and then silence", LyingServer.stalled()),
        Arguments.of("a rate limit that is never lifted", LyingServer.status(429)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void a_request_ends_at_its_deadline(String what, Lie lie) {
    LyingServer server = after.closing(LyingServer.start()).at(Step.MINT, lie);
    Admin admin = admin(server);

    RequestTimeoutException late =
        Await.failure(
            RequestTimeoutException.class,
            admin.createToken(TokenSpec.of("joe", RoleRef.appDefault())));

    assertEquals(DEADLINE, late.timeout());
    assertTrue(late.getMessage().contains("post /v1/tokens"), late.getMessage());
    assertEquals(1, server.log().size(), "there was no time to ask again");
    Await.until(() -> server.connections() == 0, () -> server.connections() + " are open");
  }

  /** The aftermath sees that the threads it had are gone. */
  @Test
  void a_path_that_is_none_fails_the_stage() {
    LyingServer server = after.closing(LyingServer.start());
    Admin admin = admin(server);

    IllegalArgumentException refused =
        Await.failure(
            IllegalArgumentException.class, admin.request("get", "/v1/apps?name=a b", null));

    assertTrue(refused.getMessage().contains("get /v1/apps"), refused.getMessage());
  }
}
