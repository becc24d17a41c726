package io.respoke.spi;

import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import io.respoke.media.VideoSink;
import io.respoke.media.VideoSource;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an application's media comes from and goes to. Their threads and failures are as their
 * Javadoc promises: the backend asks sources on time, keeps a sink that blocks from stalling
 * anything but itself, catches what they throw, and closes each of them once.
 *
 * @param microphone audio sent; without one silence is sent
 * @param speaker audio received
 * @param camera video sent; without one no pictures are sent
 * @param display video received
 */
public record MediaDevices(
    Optional<AudioSource> microphone,
    Optional<AudioSink> speaker,
    Optional<VideoSource> camera,
    Optional<VideoSink> display) {
  private static final MediaDevices NONE =
      new MediaDevices(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks for null. */
  public MediaDevices {
    Objects.requireNonNull(microphone, "microphone");
    Objects.requireNonNull(speaker, "speaker");
    Objects.requireNonNull(camera, "camera");
    Objects.requireNonNull(display, "display");
  }

  /** Silence, and nobody who listens or looks. */
  public static MediaDevices none() {
    return NONE;
  }
}
