package io.respoke.protocol;

/** A WebSocket text message that is not a Socket.IO 0.9 frame. */
public final class MalformedFrameException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  MalformedFrameException(String problem, CharSequence text) {
    super(problem, text);
  }

  MalformedFrameException(String problem, CharSequence text, Throwable cause) {
    super(problem, text, cause);
  }
}
