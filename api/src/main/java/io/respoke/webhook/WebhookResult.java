package io.respoke.webhook;

/** What became of one request, and the HTTP status to answer it with. */
public sealed interface WebhookResult {
  /** Why a request was refused. */
  enum Reason {
    /** It carries no signature: 401. */
    UNSIGNED(401),
    /** The signature is not one of ours, or not of this body: 401. */
    BAD_SIGNATURE(401),
    /** The signature is too old, or from the future: 401. Compare the clocks. */
    OUT_OF_TIME(401),
    /** The body is larger than the receiver takes: 413. */
    TOO_LARGE(413),
    /** The body is not the JSON of an event: 400. */
    MALFORMED(400),
    /** The event was received before: 200, so that the service stops sending it. */
    DUPLICATE(200);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    /** The HTTP status to answer. */
    public int status() {
      return status;
    }
  }

  /** The HTTP status to answer. */
  int status();

  /**
   * The event is genuine and new.
   *
   * @param event what has happened
   */
  record Accepted(WebhookEvent event) implements WebhookResult {
    @Override
    public int status() {
      return 200;
    }
  }

  /**
   * The request is not, or no longer, to be acted on.
   *
   * @param reason why
   */
  record Refused(Reason reason) implements WebhookResult {
    @Override
    public int status() {
      return reason.status();
    }
  }
}
