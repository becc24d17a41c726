package io.respoke.core.session;

import io.respoke.AuthenticationException;
import io.respoke.ConnectFailedException;
import io.respoke.ConnectFailedException.Category;
import io.respoke.ConnectFailedException.Step;
import io.respoke.ConnectionLostException;
import io.respoke.RequestRejectedException;
import io.respoke.RequestRejectedException.Reason;
import io.respoke.RequestTimeoutException;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import io.respoke.core.auth.GatewayTokens;
import io.respoke.core.runtime.Failures;
import io.respoke.protocol.ProtocolException;
import io.respoke.spi.TransportException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Whatever stops a login, as one of the two exceptions that callers of connect see. */
final class ConnectFailures {
  private static final int UNAUTHORIZED = 401;

  private ConnectFailures() {}

  /**
   * A failure to get a token.
   *
   * @param service the service that the token is for
   */
  static RuntimeException ofToken(
      TokenProvider tokens, TokenRequest request, String service, Throwable failure) {
    if (tokens instanceof GatewayTokens own) {
      return of(Step.TOKEN, own.address(request), failure);
    }
    RuntimeException verdict = verdict(Step.TOKEN, Failures.unwrap(failure));
    return verdict != null ? verdict : providerFailed(service, Failures.unwrap(failure));
  }

  /** A token provider that failed to do what it promises. */
  static RuntimeException providerFailed(String service, Throwable cause) {
    return new ConnectFailedException(
        Step.TOKEN,
        Category.TOKEN_PROVIDER,
        0,
        "Cannot connect to " + service + ": the token provider failed: " + text(cause),
        cause);
  }

  private static @Nullable RuntimeException verdict(Step step, Throwable cause) {
    if (cause instanceof AuthenticationException e) {
      return e;
    }
    if (cause instanceof ConnectFailedException e) {
      return e;
    }
    return cause instanceof RequestRejectedException e ? rejected(step, e) : null;
  }

  /** A failure at a step, for a service or a broker at an address. */
  static RuntimeException of(Step step, String address, Throwable failure) {
    Throwable cause = whatLostIt(Failures.unwrap(failure));
    RuntimeException verdict = verdict(step, cause);
    if (verdict != null) {
      return verdict;
    }
    if (cause instanceof ErrorFrameException e && e.unauthorized()) {
      return new ConnectFailedException(
          step,
          Category.REJECTED,
          UNAUTHORIZED,
          "Cannot connect to " + address + ": the service does not take the credentials",
          e);
    }
    Category category = category(cause);
    int status = cause instanceof TransportException e ? e.status() : 0;
    return new ConnectFailedException(
        step,
        category,
        status,
        (step == Step.TOKEN ? "Cannot get a token from " : "Cannot connect to ")
            + address
            + ": "
            + words(step, category, status, cause),
        cause);
  }

  /** A request that ends with its connection tells less than what ended the connection. */
  private static Throwable whatLostIt(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof ConnectionLostException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static RuntimeException rejected(Step step, RequestRejectedException e) {
    if (e.reason() == Reason.ACCOUNT_SUSPENDED || e.reason() == Reason.BILLING_SUSPENDED) {
      return new AuthenticationException("The account is suspended. " + e.getMessage(), e);
    }
    return new ConnectFailedException(
        step, Category.REJECTED, e.status(), String.valueOf(e.getMessage()), e);
  }

  private static Category category(Throwable cause) {
    if (cause instanceof TransportException e) {
      return switch (e.category()) {
        case UNKNOWN_HOST -> Category.UNKNOWN_HOST;
        case REFUSED -> Category.REFUSED;
        case CONNECT_TIMEOUT, SEND_TIMEOUT -> Category.TIMEOUT;
        case TLS -> Category.TLS;
        case UPGRADE_REJECTED -> Category.REJECTED;
        case TOO_LARGE -> Category.PROTOCOL;
        case LOST, QUEUE_FULL -> Category.LOST;
        case OTHER -> Category.OTHER;
      };
    }
    if (cause instanceof ProtocolException) {
      return Category.PROTOCOL;
    }
    if (cause instanceof HttpTimeoutException
        || cause instanceof TimeoutException
        || cause instanceof RequestTimeoutException) {
      return Category.TIMEOUT;
    }
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof java.net.ProtocolException) {
        return Category.PROTOCOL;
      }
      if (at instanceof UnknownHostException || at instanceof UnresolvedAddressException) {
        return Category.UNKNOWN_HOST;
      }
      if (at instanceof SSLException) {
        return Category.TLS;
      }
    }
    if (cause instanceof ConnectException) {
      return Category.REFUSED;
    }
    return cause instanceof IllegalArgumentException ? Category.OTHER : Category.LOST;
  }

  private static String words(Step step, Category category, int status, Throwable cause) {
    String text = text(cause);
    return switch (category) {
      case UNKNOWN_HOST -> "the host's name is not known";
      case REFUSED -> "nobody listens there";
      case TIMEOUT -> "no answer in time (step " + step + ")";
      case TLS -> "the TLS handshake failed: " + text;
      case REJECTED -> "the WebSocket was refused with status " + status;
      case PROTOCOL -> "the service does not speak the protocol: " + text;
      case LOST -> "the connection broke: " + text;
      case TOKEN_PROVIDER, CANCELLED, OTHER -> text;
    };
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
