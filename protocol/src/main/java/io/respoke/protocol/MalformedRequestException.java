package io.respoke.protocol;

/** An event frame that is not a REST-over-socket request. */
public final class MalformedRequestException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  MalformedRequestException(String problem, CharSequence text) {
    super(problem, text);
  }

  MalformedRequestException(String problem, CharSequence text, Throwable cause) {
    super(problem, text, cause);
  }
}
