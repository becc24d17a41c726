package io.respoke.protocol;

/** Text that is not JSON, or not the kind of JSON that was asked for. */
public final class MalformedJsonException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  MalformedJsonException(String problem, CharSequence text) {
    super(problem, text);
  }

  MalformedJsonException(String problem, CharSequence text, Throwable cause) {
    super(problem, text, cause);
  }
}
