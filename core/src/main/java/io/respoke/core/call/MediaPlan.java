package io.respoke.core.call;

import io.respoke.CallOptions;
import io.respoke.DirectConnectionOptions;
import io.respoke.media.ExternalMedia;
import io.respoke.media.MediaKind;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaConstraints.Direction;
import io.respoke.spi.MediaDevices;
import java.util.Optional;

/**
 * What a session is to carry, and how. Pure.
 *
 * @param constraints which kinds, in which direction
 * @param devices the application's media
 * @param relayOnly whether only relayed paths may be used
 * @param noRelay whether TURN servers are left out
 * @param external who does the media instead of the backend
 * @param audioIfOffered what becomes of audio that the other side adds
 * @param videoIfOffered what becomes of video that the other side adds
 */
record MediaPlan(
    MediaConstraints constraints,
    MediaDevices devices,
    boolean relayOnly,
    boolean noRelay,
    Optional<ExternalMedia> external,
    Direction audioIfOffered,
    Direction videoIfOffered) {

  /** For a direct connection. */
  static MediaPlan of(DirectConnectionOptions options) {
    return new MediaPlan(
        MediaConstraints.dataOnly(),
        MediaDevices.none(),
        options.relayOnly(),
        options.noRelay(),
        options.externalMedia(),
        Direction.NONE,
        Direction.NONE);
  }

  /**
   * For a call.
   *
   * @param audio whether it has audio, unless the options say
   * @param video whether it has video, unless the options say
   */
  static MediaPlan of(CallOptions options, boolean audio, boolean video) {
    return new MediaPlan(
        new MediaConstraints(
            audio(options, options.audio().orElse(audio)),
            video(options, options.video().orElse(video)),
            false),
        ClosedOnce.of(
            new MediaDevices(
                options.microphone(), options.speaker(), options.camera(), options.display())),
        options.forceTurn(),
        options.disableTurn(),
        options.externalMedia(),
        audio(options, options.audio().orElse(true)),
        video(options, options.video().orElse(true)));
  }

  private static Direction audio(CallOptions options, boolean wanted) {
    return wanted ? direction(options) : Direction.NONE;
  }

  /**
   * Without a camera video is only received. With one and no display it is still two-way:
   * respoke.js sends nothing at all, not even audio, when one media section is send-only
   * (protocol-calls §3.2).
   */
  private static Direction video(CallOptions options, boolean wanted) {
    if (!wanted) {
      return Direction.NONE;
    }
    Direction direction = direction(options);
    boolean blind = options.camera().isEmpty() && options.externalMedia().isEmpty();
    return blind && direction == Direction.SEND_RECEIVE ? Direction.RECEIVE_ONLY : direction;
  }

  private static Direction direction(CallOptions options) {
    if (options.sendOnly()) {
      return Direction.SEND_ONLY;
    }
    return options.receiveOnly() ? Direction.RECEIVE_ONLY : Direction.SEND_RECEIVE;
  }

  /** With one kind added, or other devices for it. */
  MediaPlan with(MediaKind kind, MediaDevices more) {
    return kind == MediaKind.AUDIO
        ? with(
            new MediaConstraints(Direction.SEND_RECEIVE, constraints.video(), false),
            new MediaDevices(
                more.microphone(), more.speaker(), devices.camera(), devices.display()))
        : with(
            new MediaConstraints(constraints.audio(), Direction.SEND_RECEIVE, false),
            new MediaDevices(
                devices.microphone(), devices.speaker(), more.camera(), more.display()));
  }

  /** With one kind removed, which the other side cannot bring back. */
  MediaPlan without(MediaKind kind) {
    return kind == MediaKind.AUDIO
        ? new MediaPlan(
            new MediaConstraints(Direction.NONE, constraints.video(), false),
            new MediaDevices(
                Optional.empty(), Optional.empty(), devices.camera(), devices.display()),
            relayOnly,
            noRelay,
            external,
            Direction.NONE,
            videoIfOffered)
        : new MediaPlan(
            new MediaConstraints(constraints.audio(), Direction.NONE, false),
            new MediaDevices(
                devices.microphone(), devices.speaker(), Optional.empty(), Optional.empty()),
            relayOnly,
            noRelay,
            external,
            audioIfOffered,
            Direction.NONE);
  }

  /** With the kinds that the other side offers in addition. */
  MediaPlan joinedBy(OfferedMedia offered) {
    return with(
        new MediaConstraints(
            joined(constraints.audio(), offered.audio(), audioIfOffered),
            joined(constraints.video(), offered.video(), videoIfOffered),
            constraints.data()),
        devices);
  }

  private static Direction joined(Direction now, boolean offered, Direction ifOffered) {
    return now == Direction.NONE && offered ? ifOffered : now;
  }

  /** Only with these devices, and nobody else who does the media. */
  MediaPlan with(MediaDevices only) {
    return new MediaPlan(
        constraints, only, relayOnly, noRelay, Optional.empty(), audioIfOffered, videoIfOffered);
  }

  private MediaPlan with(MediaConstraints constraints, MediaDevices devices) {
    return new MediaPlan(
        constraints, devices, relayOnly, noRelay, external, audioIfOffered, videoIfOffered);
  }
}
