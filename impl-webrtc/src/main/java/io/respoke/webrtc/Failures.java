package io.respoke.webrtc;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** Says in the SPI's terms what went wrong. */
final class Failures {
  private Failures() {}

  static MediaException closed(String session) {
    return new MediaException(Reason.CLOSED, "The media session " + session + " is closed");
  }

  static MediaException state(String what) {
    return new MediaException(Reason.WRONG_STATE, what);
  }

  static MediaException tooMany(String session) {
    return new MediaException(
        Reason.BACK_PRESSURE,
        Operations.MAX
            + " operations of the media session "
            + session
            + " wait; wait for the stages of those before");
  }

  /** What a stage failed with, without what stages wrap it in. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** What a stage failed with, as the SPI promises it. */
  static MediaException typed(String what, Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof MediaException typed) {
      return typed;
    }
    if (cause instanceof TimeoutException) {
      return new MediaException(
          Reason.OTHER, what + ": the media engine has not answered in time", cause);
    }
    return new MediaException(Reason.OTHER, what + ": " + cause, cause);
  }

  static <T> CompletionStage<T> failed(MediaException failure) {
    return CompletableFuture.failedStage(failure);
  }
}
