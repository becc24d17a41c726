package io.respoke.media;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import io.respoke.RespokeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A call as straight-line code, for announcements and menus (interactive voice response): play,
 * say, ask, record, one step after another. It is the call's microphone and speaker.
 *
 * <p>Each step blocks until it is done, so run each call on a thread of its own, virtual or not;
 * inside a listener it would hold up the client's other listeners. Steps are for one thread at a
 * time; {@link #close} and what does not block are for any.
 *
 * <p>Telephone keys are found in the audio received, bursts of 40 ms and more, as {@link
 * ToneDetector} does. They are kept from the beginning, so a caller who knows the menu may type
 * ahead; {@link #forgetKeys} forgets them. At most 100 wait; later ones are dropped and counted.
 *
 * <p>A step ends early with
 *
 * <ul>
 *   <li>a {@link CallEndedException} when the call ends or has ended, whoever hung up;
 *   <li>an {@link InterruptedException} when its thread is interrupted: what was played stops, what
 *       was recorded is whole, and the call goes on;
 *   <li>what a source or file of the step throws; the call goes on.
 * </ul>
 */
public final class Ivr implements AutoCloseable {
  private final AtomicReference<Call> call = new AtomicReference<>();
  private final IvrLine line = new IvrLine(this::ended);

  private Ivr() {}

  /**
   * Takes an incoming call, with audio only, and waits until media can flow.
   *
   * @throws CallEndedException if the call ends before
   * @throws InterruptedException if the thread is interrupted; the call is hung up
   */
  public static Ivr answer(Call incoming) throws InterruptedException {
    return answer(incoming, CallOptions.defaults());
  }

  /** As {@link #answer(Call)}, with options; their microphone and speaker are not used. */
  public static Ivr answer(Call incoming, CallOptions options) throws InterruptedException {
    Ivr ivr = new Ivr();
    ivr.call.set(incoming);
    CallOptions.Builder answer = ivr.ends(options);
    if (options.video().isEmpty()) {
      answer.video(false);
    }
    ivr.await(incoming.answer(answer.build()));
    return ivr;
  }

  /**
   * Calls somebody, and waits until they have answered and media can flow; how long it rings is up
   * to {@code ClientOptions.ringTimeout}.
   *
   * @param start starts the call with the options given, for example {@code options ->
   *     client.startPhoneCall("+15551234567", options)}; to set more use {@link
   *     CallOptions#toBuilder()}
   * @throws CallEndedException if nobody answers, or the call ends before for another reason
   * @throws InterruptedException if the thread is interrupted; the call is hung up
   */
  public static Ivr dial(Function<CallOptions, Call> start) throws InterruptedException {
    Ivr ivr = new Ivr();
    Call outgoing = start.apply(ivr.ends(CallOptions.defaults()).build());
    ivr.call.set(outgoing);
    ivr.await(outgoing.connected());
    return ivr;
  }

  private CallOptions.Builder ends(CallOptions options) {
    return options.toBuilder().audio(true).microphone(line.microphone()).speaker(line.speaker());
  }

  private void await(CompletionStage<Call> connected) throws InterruptedException {
    try {
      connected.toCompletableFuture().get();
    } catch (InterruptedException e) {
      close();
      throw e;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof MediaException failed && failed.reason() == Reason.CLOSED) {
        throw new CallEndedException(
            call().hangupReason().orElse(null), String.valueOf(failed.getMessage()), failed);
      }
      throw cause instanceof RespokeException known
          ? known
          : new MediaException(Reason.OTHER, "The call could not be set up: " + cause, cause);
    }
  }

  private CallEndedException ended() {
    Call over = call();
    return new CallEndedException(
        over.hangupReason().orElse(null),
        over.hangupReason()
            .map(reason -> "The call with " + over.remoteId() + " has ended: " + reason)
            .orElseGet(() -> "The audio of the call with " + over.remoteId() + " has ended"),
        null);
  }

  /** The call. */
  public Call call() {
    return Objects.requireNonNull(call.get()); // set before anybody has this object
  }

  /** Plays a source to its end, closes it, and waits for that. Keys pressed meanwhile are kept. */
  public void play(AudioSource source) throws InterruptedException {
    line.play(source);
  }

  /**
   * Plays a WAV file; as {@link #play(AudioSource)}.
   *
   * @throws MediaException if it cannot be played, as {@link WavFile#open} says
   */
  public void play(Path wavFile) throws InterruptedException {
    play(WavFile.open(wavFile));
  }

  /** Says digits as tones that can be counted: {@link DigitVoice#beeps()}. */
  public void sayDigits(String digits) throws InterruptedException {
    sayDigits(digits, DigitVoice.beeps());
  }

  /**
   * Says digits one after another.
   *
   * @param digits {@code 0}–{@code 9}, {@code *} and {@code #}; may be empty
   * @throws IllegalArgumentException if something else is among them; nothing is said then
   */
  public void sayDigits(String digits, DigitVoice voice) throws InterruptedException {
    if (!digits.matches("[0-9*#]*")) {
      throw new IllegalArgumentException("digits must be of 0-9 * #: " + digits);
    }
    for (int i = 0; i < digits.length(); i++) {
      play(voice.say(digits.charAt(i)));
    }
  }

  /**
   * Collects keys until there are {@code max} of them, or none came for a while.
   *
   * @param max 1 or more
   * @param timeout how long to wait for each key
   * @return the keys, upper case; empty when none came
   */
  public String collect(int max, Duration timeout) throws InterruptedException {
    return collect(max, timeout, IvrLine.NONE);
  }

  /**
   * Collects keys until there are {@code max} of them, none came for a while, or the terminator
   * did.
   *
   * @param max 1 or more, without the terminator
   * @param timeout how long to wait for each key
   * @param terminator the key that ends it and is not part of the result, mostly {@code #}
   * @return the keys, upper case; empty when none came before the terminator
   */
  public String collect(int max, Duration timeout, char terminator) throws InterruptedException {
    checkMax(max);
    StringBuilder keys = new StringBuilder();
    while (keys.length() < max) {
      char key = line.key(timeout);
      if (key == IvrLine.NONE || key == terminator) {
        break;
      }
      keys.append(key);
    }
    return keys.toString();
  }

  /**
   * Plays a question and collects keys. The first key stops the question; when one waits already,
   * it is not played at all.
   *
   * @param question closed when it was played or stopped
   * @param max as for {@link #collect(int, Duration, char)}
   * @param timeout how long to wait for each key, the first time from the end of the question on
   * @param terminator as for {@link #collect(int, Duration, char)}
   * @return the keys, upper case; empty when none came before the terminator
   */
  public String ask(AudioSource question, int max, Duration timeout, char terminator)
      throws InterruptedException {
    checkMax(max);
    line.playUntilKey(question);
    return collect(max, timeout, terminator);
  }

  private static void checkMax(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("max must be 1 or more: " + max);
    }
  }

  /**
   * Records what the other side says to a WAV file until a stop key is pressed, the time is up, or
   * the call ends. In all cases the file is whole. The beginning of the stop key is in it. Keys
   * pressed before and meanwhile are forgotten.
   *
   * @param file is replaced if it is there
   * @param max how long at most, above zero
   * @param stopKeys any of them ends it; may be empty
   * @return how long the recording is
   * @throws MediaException if the file cannot be written
   */
  public Duration record(Path file, Duration max, String stopKeys) throws InterruptedException {
    if (max.isZero() || max.isNegative()) {
      throw new IllegalArgumentException("max must be above zero: " + max);
    }
    return line.record(file, max, stopKeys);
  }

  /** Forgets the keys that were pressed and that no step has taken yet. */
  public void forgetKeys() {
    line.forgetKeys();
  }

  /** How many keys were dropped because 100 others waited. */
  public long droppedKeys() {
    return line.droppedKeys();
  }

  /** Hangs up and does not wait for it. The step under way ends. Idempotent. */
  @Override
  public void close() {
    CompletionStage<Void> unused = call().hangup();
  }
}
