package io.respoke.media;

import java.nio.file.Path;
import java.util.Objects;

/** How {@link Ivr#sayDigits} sounds. May be called by any thread; may block, to read a file. */
@FunctionalInterface
public interface DigitVoice {
  /**
   * The sound of one digit, played once and closed.
   *
   * @param digit {@code 0}–{@code 9}, {@code *} or {@code #}
   */
  AudioSource say(char digit);

  /**
   * Counted tones, which need no recordings and no language: as many short high ones as the digit
   * says, ten for 0; one long low one for {@code *} and two for {@code #}.
   */
  static DigitVoice beeps() {
    return DigitTones::of;
  }

  /**
   * Recordings, in any shape that {@link WavFile} plays: {@code 0.wav} to {@code 9.wav}, {@code
   * star.wav} and {@code pound.wav}. One that is missing is told when it is to be said.
   */
  static DigitVoice recordings(Path directory) {
    Objects.requireNonNull(directory, "directory");
    return digit ->
        WavFile.open(
            directory.resolve(
                switch (digit) {
                  case '*' -> "star.wav";
                  case '#' -> "pound.wav";
                  default -> digit + ".wav";
                }));
  }
}
