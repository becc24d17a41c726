package io.respoke.service.routes;

/** Ends a handler with an error answer. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  /** With any answer. */
  public Refused(Answer answer) {
    super("refused with " + answer.status(), null, false, false);
    this.answer = answer;
  }

  /** With a status and the text a client shows. */
  public Refused(int status, String error) {
    this(Answer.error(status, error));
  }

  /** The answer. */
  public Answer answer() {
    return answer;
  }
}
