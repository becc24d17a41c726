package io.respoke.core.session;

import io.respoke.DisconnectReason;
import io.respoke.protocol.Frame;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is told what happens on a {@link Link}, on the client's serial context. */
interface LinkListener {
  /** The service has said {@code 1::}: requests may be sent. */
  void onReady();

  /** The service has pushed an event. */
  void onEvent(Frame.Event event);

  /** Something came that is no frame, or an answer to nothing. The link goes on. */
  void onProblem(Throwable problem);

  /** A request has met the rate limit and is repeated. */
  void onRateLimited(String request, Duration retryAfter);

  /** A request has been answered, with success, after the rate limit was met. */
  void onRateLimitLifted();

  /** The link has ended; its last call, made once. Pending requests have failed before. */
  void onEnded(DisconnectReason reason, @Nullable Throwable cause);
}
