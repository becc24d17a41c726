package io.respoke.core.call;

import io.respoke.CallState;
import io.respoke.CallStatus;
import io.respoke.HangupReason;
import io.respoke.media.MediaKind;
import org.jspecify.annotations.Nullable;

/** Whom a driver tells what happens: the application's view of a session. On the serial context. */
interface CallOutlet {
  void stateChanged(CallState oldState, CallState newState, @Nullable Throwable cause);

  /** Somebody calls. */
  void ring();

  void localMedia();

  void preview();

  void approved();

  void answered();

  void progressed(CallStatus status);

  void remoteMedia(MediaKind kind, boolean first);

  void mediaConnected();

  void interrupted();

  /** A tone was played; empty after the last one. */
  void tone(String tone);

  void text(String text);

  void bytes(byte[] bytes);

  /** Something went wrong that ends nothing. */
  void problem(Throwable problem);

  /** The last call. */
  void ended(HangupReason reason, @Nullable String text, @Nullable Throwable cause);
}
