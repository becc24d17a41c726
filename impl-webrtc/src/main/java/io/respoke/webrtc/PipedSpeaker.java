package io.respoke.webrtc;

import io.respoke.media.AudioFrame;
import io.respoke.media.AudioSink;

/**
 * The application's speaker as the worker process sees it. It only queues for the socket, so unlike
 * an application's it is called on the thread of whoever has a frame.
 */
interface PipedSpeaker extends AudioSink {
  @Override
  void onAudio(AudioFrame frame);
}
