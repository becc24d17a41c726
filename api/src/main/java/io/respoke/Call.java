package io.respoke;

import io.respoke.event.RespokeEvent;
import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import io.respoke.media.MediaFlow;
import io.respoke.media.MediaKind;
import io.respoke.media.MediaStats;
import io.respoke.media.VideoSink;
import io.respoke.media.VideoSource;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An audio or video session with one other side.
 *
 * <p>Safe for use by any thread; nothing blocks. Stages are completed on the client's callback
 * executor. After the end, {@link #hangup()}, {@link #reject()}, {@link #mute} and {@link #unmute}
 * do nothing and everything else fails with a {@link MediaException} of reason {@code CLOSED}.
 *
 * <p>A call whose application lets it ring too long ends by itself; see {@link
 * ClientOptions.Builder#ringTimeout}. A call lives on while the client's own connection is lost and
 * comes back; it ends with {@link Client#disconnect()}.
 */
public interface Call {
  /** The session id, made by the caller. */
  String id();

  /** The client. */
  Client client();

  /** Whether this side calls. */
  boolean isOutgoing();

  /** What {@link #remoteId()} names. */
  AddressType remoteType();

  /** The other side: an endpoint id, a phone number, a SIP URI or a conference id. */
  String remoteId();

  /** What {@link #calledId()} names. */
  AddressType calledType();

  /**
   * What was called: for an outgoing call {@link #remoteId()}. For an incoming one this client's
   * endpoint, or what it answers for: a number or SIP address as a gateway, a conference as its
   * host.
   */
  String calledId();

  /** The other side, when it is an endpoint. */
  Optional<Endpoint> endpoint();

  /** The other side's connection, once it is known: at once for a callee, else when answered. */
  Optional<String> connectionId();

  /** What it is for. */
  CallTarget target();

  /** What the caller attached to the offer. */
  Optional<JsonValue> metadata();

  /** Who the caller says is calling. */
  Optional<CallerId> callerId();

  /** Where it is. */
  CallState state();

  /**
   * Whether the other side offers to send this kind: read from its description, so for a caller
   * false until answered.
   */
  boolean isOffered(MediaKind kind);

  /** Why it ended; empty before. */
  Optional<HangupReason> hangupReason();

  /**
   * Takes an incoming call with silence and a black picture; for real media see {@link
   * #answer(CallOptions)}.
   */
  default CompletionStage<Call> answer() {
    return answer(CallOptions.defaults());
  }

  /**
   * Takes an incoming call. Only the first answer counts; {@link CallOptions#audio()} and {@link
   * CallOptions#video()}, when not set, are what is offered.
   *
   * @return as {@link #connected()}
   */
  CompletionStage<Call> answer(CallOptions options);

  /** Goes on after a preview ({@link CallOptions.Builder#preview}); otherwise does nothing. */
  void approve();

  /**
   * Tells the caller how far an incoming call has come, before answering. Reaches JVM clients and
   * Asterisk.
   */
  CompletionStage<Void> sendStatus(CallStatus status);

  /**
   * Completed once media can flow; fails with a {@link MediaException} or {@link RespokeException}
   * that says why the call ended before.
   */
  CompletionStage<Call> connected();

  /** Refuses an incoming call, for all connections of this endpoint. */
  default CompletionStage<Void> reject() {
    return reject(null);
  }

  /**
   * As {@link #reject()}, telling why.
   *
   * @param reason words for the other side, or {@code null}
   */
  CompletionStage<Void> reject(@Nullable String reason);

  /** Ends the call. */
  default CompletionStage<Void> hangup() {
    return hangup(null);
  }

  /**
   * Ends the call, telling why. Without a connection it ends here at once, and the other side is
   * told when there is one again within a minute.
   *
   * @param reason words for the other side, or {@code null}
   * @return completed when the other side was told and media is released, or that failed; never
   *     fails
   */
  CompletionStage<Void> hangup(@Nullable String reason);

  /**
   * Mutes one kind in one direction: what is sent becomes silence or stops, or what is received is
   * kept from the sink. The other side is not told.
   */
  CompletionStage<Void> mute(MediaKind kind, MediaFlow flow);

  /** Takes {@link #mute} back. */
  CompletionStage<Void> unmute(MediaKind kind, MediaFlow flow);

  /** Whether this kind is muted in this direction. */
  boolean isMuted(MediaKind kind, MediaFlow flow);

  /** Mutes the audio sent. */
  default CompletionStage<Void> muteAudio() {
    return mute(MediaKind.AUDIO, MediaFlow.OUTGOING);
  }

  /** Takes {@link #muteAudio()} back. */
  default CompletionStage<Void> unmuteAudio() {
    return unmute(MediaKind.AUDIO, MediaFlow.OUTGOING);
  }

  /** Mutes the video sent. */
  default CompletionStage<Void> muteVideo() {
    return mute(MediaKind.VIDEO, MediaFlow.OUTGOING);
  }

  /** Takes {@link #muteVideo()} back. */
  default CompletionStage<Void> unmuteVideo() {
    return unmute(MediaKind.VIDEO, MediaFlow.OUTGOING);
  }

  /** As {@link #sendTones(Tones)} with default times. */
  default CompletionStage<Void> sendTones(String tones) {
    return sendTones(Tones.of(tones));
  }

  /**
   * Sends key tones. One series at a time: another one while tones are played fails.
   *
   * @return completed when the last tone was played; fails when cancelled
   */
  CompletionStage<Void> sendTones(Tones tones);

  /** Stops sending tones; what was not played is in {@code ToneSendingCancelled}. */
  CompletionStage<Void> cancelTones();

  /**
   * Adds audio to a running call.
   *
   * @return completed when the other side has agreed and described its part
   */
  CompletionStage<Void> addAudio(AudioSource microphone, AudioSink speaker);

  /** Adds video to a running call; as {@link #addAudio}. */
  CompletionStage<Void> addVideo(VideoSource camera, VideoSink display);

  /** Stops sending and receiving audio; as {@link #addAudio}. */
  CompletionStage<Void> removeAudio();

  /** Stops sending and receiving video; as {@link #addAudio}. */
  CompletionStage<Void> removeVideo();

  /** Figures of this moment. */
  CompletionStage<MediaStats> statistics();

  /**
   * Measures again and again and reports {@link io.respoke.event.MediaStatsMeasured} until closed
   * or the call's end.
   *
   * @param interval 100 ms or more
   */
  Subscription statistics(Duration interval);

  /** Listens to events of this call only. */
  <E extends RespokeEvent> Subscription listen(Class<E> type, Consumer<? super E> listener);
}
