package io.respoke;

/**
 * Where a call or direct connection is. Changes are reported as {@link
 * io.respoke.event.CallStateChanged} and {@link io.respoke.event.DirectConnectionStateChanged}. The
 * names are respoke.js's where it has one.
 */
public enum CallState {
  /** Just made. Leads to {@link #PREPARING} for a caller and to {@link #RINGING} for a callee. */
  IDLE,
  /** Somebody calls. {@link Call#answer()} leads to {@link #PREPARING}. */
  RINGING,
  /** ICE servers are fetched, media is opened and described. */
  PREPARING,
  /** Local media is ready and {@link Call#approve()} is waited for; only with a preview. */
  APPROVING,
  /** The offer is out and nobody has answered. */
  OFFERING,
  /** Both sides have described their media; the path between them is being made. */
  CONNECTING,
  /** Media or data can flow. */
  CONNECTED,
  /** Media is being added or removed while the call goes on. Leads back to {@link #CONNECTED}. */
  MODIFYING,
  /** Over, for the reason in {@link io.respoke.event.CallEnded}. Leads nowhere. */
  TERMINATED
}
