package io.respoke.benchmarks;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Media to be measured: ours, or bare webrtc-java, with both ends of each call in one engine. */
interface MediaEngine {
  /** One end of a call. */
  interface End {
    /** Sends when there is room, waiting for it. */
    void send(byte[] bytes);

    /** Who is told of what comes, on the engine's thread. */
    void receiver(Consumer<byte[]> receiver);

    /** How many frames of audio have come. */
    long heard();
  }

  /**
   * A call whose first end offers and whose second answers.
   *
   * @param setUpNanos from the offer until both ends are connected
   */
  record Call(End caller, End callee, long setUpNanos, Runnable hangUp) {}

  /** Makes a call with an open data channel and, if wanted, audio both ways. */
  Call call(boolean audio) throws Exception;

  /**
   * Makes a call with video one way.
   *
   * @param sent counts the pictures sent
   * @param seen counts those that came
   */
  Call video(int width, int height, int framesPerSecond, AtomicLong sent, AtomicLong seen)
      throws Exception;
}
