package io.respoke.core.call;

import io.respoke.CallState;

/** Where a call is, finer than applications need to know. */
enum CallPhase {
  IDLE(CallState.IDLE),
  RINGING(CallState.RINGING),
  /** ICE servers are fetched and media is opened. */
  OPENING(CallState.PREPARING),
  APPROVING(CallState.APPROVING),
  /** The caller's offer is being made. */
  DESCRIBING(CallState.PREPARING),
  /** The offer is out. */
  OFFERING(CallState.OFFERING),
  /** The callee applies the offer and makes its answer. */
  ANSWERING(CallState.CONNECTING),
  /** Both have described their media. */
  CONNECTING(CallState.CONNECTING),
  CONNECTED(CallState.CONNECTED),
  /** The callee waits a moment before it asks to modify, so that both do not ask at once. */
  MODIFY_WAITING(CallState.MODIFYING),
  /** The other side is asked whether it agrees. */
  MODIFY_ASKING(CallState.MODIFYING),
  /** It agreed; the new offer is being made. */
  MODIFY_DESCRIBING(CallState.MODIFYING),
  /** The new offer is out. */
  MODIFY_OFFERING(CallState.MODIFYING),
  /** The other side asked, this one agreed, and its offer is waited for. */
  MODIFY_AGREED(CallState.MODIFYING),
  /** Its offer is applied and answered. */
  MODIFY_ANSWERING(CallState.MODIFYING),
  TERMINATED(CallState.TERMINATED);

  private final CallState state;

  CallPhase(CallState state) {
    this.state = state;
  }

  /** What applications see. */
  CallState state() {
    return state;
  }

  /** Whether media was described by both sides before. */
  boolean isEstablished() {
    return state == CallState.CONNECTED || state == CallState.MODIFYING;
  }
}
