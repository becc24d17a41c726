package io.respoke.protocol;

/** A call signal, or a part of one, that lacks what it needs or says it in a form nobody uses. */
public final class MalformedSignalException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  MalformedSignalException(String problem, CharSequence text) {
    super(problem, text);
  }
}
