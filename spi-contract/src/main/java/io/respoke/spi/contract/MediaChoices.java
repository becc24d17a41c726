package io.respoke.spi.contract;

import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaConstraints.Direction;
import io.respoke.spi.MediaDevices;
import java.util.Optional;

/** The media and the devices that most tests of backends ask for. */
final class MediaChoices {
  private MediaChoices() {}

  static MediaConstraints audio(Direction direction) {
    return new MediaConstraints(direction, Direction.NONE, false);
  }

  static MediaConstraints calls() {
    return audio(Direction.SEND_RECEIVE);
  }

  static MediaConstraints video() {
    return new MediaConstraints(Direction.SEND_RECEIVE, Direction.SEND_RECEIVE, false);
  }

  static MediaDevices audio(AudioSource microphone, AudioSink speaker) {
    return new MediaDevices(
        Optional.of(microphone), Optional.of(speaker), Optional.empty(), Optional.empty());
  }

  static MediaDevices hears(AudioSink speaker) {
    return new MediaDevices(
        Optional.empty(), Optional.of(speaker), Optional.empty(), Optional.empty());
  }

  static MediaDevices says(AudioSource microphone) {
    return new MediaDevices(
        Optional.of(microphone), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
