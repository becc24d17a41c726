package io.respoke.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.respoke.AuthenticationException;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectFailedException.Step;
import io.respoke.ConnectionLostException;
import io.respoke.RequestRejectedException;
import io.respoke.RequestRejectedException.Reason;
import io.respoke.RequestTimeoutException;
import io.respoke.TokenRequest;
import io.respoke.protocol.FrameCodec;
import io.respoke.protocol.MalformedFrameException;
import io.respoke.spi.TransportException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectFailuresTest {
  private static final String ADDRESS = "http://service.example:8080";

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new UnknownHostException("nowhere.example"), Category.UNKNOWN_HOST),
        arguments(
            new ConnectException().initCause(new UnresolvedAddressException()),
            Category.UNKNOWN_HOST),
        arguments(new ConnectException("refused"), Category.REFUSED),
        arguments(new HttpTimeoutException("slow"), Category.TIMEOUT),
        arguments(new HttpConnectTimeoutException("slow"), Category.TIMEOUT),
        arguments(new TimeoutException("slow"), Category.TIMEOUT),
        arguments(
            new RequestTimeoutException("post /v1/connections", Duration.ofSeconds(1)),
            Category.TIMEOUT),
        arguments(new SSLHandshakeException("no trust"), Category.TLS),
        arguments(new IOException(new SSLHandshakeException("no trust")), Category.TLS),
        arguments(malformed(), Category.PROTOCOL),
        arguments(new IOException("reset"), Category.LOST));
  }

  private static MalformedFrameException malformed() {
    try {
      FrameCodec.decode("garbage");
      throw new AssertionError("garbage was taken for a frame");
    } catch (MalformedFrameException e) {
      return e;
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatEndedALoginIsTold(Throwable failure, Category category) {
    ConnectFailedException error =
        assertInstanceOf(
            ConnectFailedException.class, ConnectFailures.of(Step.HANDSHAKE, ADDRESS, failure));

    assertEquals(category, error.category());
    assertEquals(Step.HANDSHAKE, error.step());
    assertEquals(0, error.status());
    assertSame(failure, error.getCause());
    assertTrue(error.getMessage().contains(ADDRESS), error.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfTransportFailureHasItsCategory(TransportException.Category kind) {
    Category expected =
        switch (kind) {
          case UNKNOWN_HOST -> Category.UNKNOWN_HOST;
          case REFUSED -> Category.REFUSED;
          case CONNECT_TIMEOUT, SEND_TIMEOUT -> Category.TIMEOUT;
          case TLS -> Category.TLS;
          case UPGRADE_REJECTED -> Category.REJECTED;
          case TOO_LARGE -> Category.PROTOCOL;
          case LOST, QUEUE_FULL -> Category.LOST;
          case OTHER -> Category.OTHER;
        };
    int status = kind == TransportException.Category.UPGRADE_REJECTED ? 403 : 0;

    ConnectFailedException error =
        (ConnectFailedException)
            ConnectFailures.of(
                Step.SOCKET, ADDRESS, new TransportException(kind, status, "words", null));

    assertEquals(expected, error.category());
    assertEquals(status, error.status());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aRequestThatEndedWithItsConnectionTellsWhatEndedTheConnection(
      Throwable failure, Category category) {
    ConnectionLostException lost =
        new ConnectionLostException(
            "of the request",
            true,
            new ConnectionLostException("of the connection", true, failure));

    ConnectFailedException error =
        (ConnectFailedException) ConnectFailures.of(Step.REGISTER, ADDRESS, lost);

    assertEquals(category, error.category());
    assertSame(failure, error.getCause());
  }

  @Test
  void aConnectionThatWasLostWithoutACauseIsLost() {
    ConnectionLostException lost = new ConnectionLostException("closed", true, null);

    ConnectFailedException error =
        (ConnectFailedException) ConnectFailures.of(Step.REGISTER, ADDRESS, lost);

    assertEquals(Category.LOST, error.category());
    assertSame(lost, error.getCause());
  }

  @Test
  void whateverATokenProviderThrowsIsTheProvidersFailure() {
    ConnectFailedException error =
        (ConnectFailedException)
            ConnectFailures.ofToken(
                request -> null,
                new TokenRequest(
                    ADDRESS,
                    Optional.empty(),
                    Optional.empty(),
                    1,
                    Optional.empty(),
                    Duration.ofSeconds(1)),
                ADDRESS,
                new CompletionException(new IllegalStateException("the vault is sealed")));

    assertEquals(Category.TOKEN_PROVIDER, error.category());
    assertTrue(error.getMessage().contains("the vault is sealed"), error.getMessage());
    assertInstanceOf(IllegalStateException.class, error.getCause());
  }

  @Test
  void aRefusalKeepsItsStatusAndRequestId() {
    RequestRejectedException refusal =
        new RequestRejectedException(
            "post /v1/session-tokens", 401, Reason.NOT_AUTHENTICATED, "expired", "r-1");

    ConnectFailedException error =
        (ConnectFailedException) ConnectFailures.of(Step.SESSION, ADDRESS, refusal);

    assertEquals(Category.REJECTED, error.category());
    assertEquals(401, error.status());
    assertSame(refusal, error.getCause());
    assertTrue(error.getMessage().contains("r-1"), error.getMessage());
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCOUNT_SUSPENDED", "BILLING_SUSPENDED"})
  void aSuspendedAccountEndsTheRetries(Reason reason) {
    assertInstanceOf(
        AuthenticationException.class,
        ConnectFailures.of(
            Step.SESSION,
            ADDRESS,
            new RequestRejectedException("post /v1/session-tokens", 401, reason, "no", null)));
  }

  @Test
  void whatIsOneOfTheTwoAlreadyPassesThroughAnyWrapper() {
    AuthenticationException terminal = new AuthenticationException("no");
    ConnectFailedException failed =
        new ConnectFailedException(Step.SOCKET, Category.LOST, 0, "lost", null);

    assertSame(
        terminal,
        ConnectFailures.of(
            Step.TOKEN, ADDRESS, new ExecutionException(new CompletionException(terminal))));
    assertSame(failed, ConnectFailures.of(Step.TOKEN, ADDRESS, new CompletionException(failed)));
  }
}
