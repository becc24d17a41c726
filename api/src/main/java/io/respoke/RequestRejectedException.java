package io.respoke;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service answered a request with an error. */
public class RequestRejectedException extends RespokeException {
  private static final long serialVersionUID = 1L;

  /** What kind of refusal it was. */
  public enum Reason {
    /** 400: something is missing or invalid. */
    INVALID,
    /** 401: no or bad credentials. */
    NOT_AUTHENTICATED,
    /** 401: the account is suspended. */
    ACCOUNT_SUSPENDED,
    /** 401: the account is suspended for its bills. */
    BILLING_SUSPENDED,
    /** 401: too many connections. */
    CONNECTION_LIMIT,
    /** 403: the role does not allow it. */
    NOT_AUTHORIZED,
    /** 404: there is no such thing. */
    NOT_FOUND,
    /** 409: not in this state. */
    CONFLICT,
    /** 429: too many requests, after all retries. */
    RATE_LIMITED,
    /** 503: the service is down for maintenance. */
    MAINTENANCE,
    /** 500 and other 5xx: the service failed. */
    SERVER_ERROR,
    /** Anything else. */
    OTHER
  }

  private final int status;
  private final Reason reason;
  private final String error;
  private final @Nullable String requestId;
  private final String request;

  /**
   * A refusal.
   *
   * @param request what was asked, for example {@code post /v1/messages}
   * @param status the HTTP status; 0 when the answer had none
   * @param reason what kind of refusal
   * @param error the service's words
   * @param requestId the service's correlation id, if it gave one
   */
  public RequestRejectedException(
      String request, int status, Reason reason, String error, @Nullable String requestId) {
    super(
        "The service refused "
            + request
            + ": "
            + error
            + " (status "
            + status
            + (requestId == null ? "" : ", Request-Id " + requestId)
            + ")");
    this.status = status;
    this.reason = reason;
    this.error = error;
    this.requestId = requestId;
    this.request = request;
  }

  /** The HTTP status; 0 when the answer had none. */
  public int status() {
    return status;
  }

  /** What kind of refusal it was. */
  public Reason reason() {
    return reason;
  }

  /** The service's words. */
  public String error() {
    return error;
  }

  /** The service's correlation id. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** What was asked: the method and the path. */
  public String request() {
    return request;
  }
}
