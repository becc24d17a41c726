package io.respoke;

/** Why a call or direct connection has ended. */
public enum HangupReason {
  /** This side hung up. */
  LOCAL_HANGUP,
  /** The other side hung up, or rejected. */
  REMOTE_HANGUP,
  /** This side rejected. */
  REJECTED,
  /** The other side is busy. */
  BUSY,
  /** The other side cannot be reached, or is not connected. */
  UNAVAILABLE,
  /** The number or address is not complete. */
  INCOMPLETE_ADDRESS,
  /** The other side asks to call somebody else; see {@link io.respoke.event.CallEnded#text()}. */
  REDIRECTED,
  /** Nobody answered in time. */
  NO_ANSWER,
  /** Another connection of this endpoint took the call. */
  ANSWERED_ELSEWHERE,
  /** Another connection of this endpoint rejected the call. */
  REJECTED_ELSEWHERE,
  /** No path between the two sides was found in time, or it was lost. */
  ICE_FAILED,
  /** Descriptions could not be made or applied. */
  NEGOTIATION_FAILED,
  /** The media backend could not be opened, or ended: crashed, killed or unresponsive. */
  MEDIA_FAILED,
  /** The service refused a signal, or none could be sent. */
  SIGNALING_FAILED,
  /** The client was disconnected on purpose, or closed. */
  CLIENT_CLOSED
}
