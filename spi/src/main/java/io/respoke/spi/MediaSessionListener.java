package io.respoke.spi;

/** Is told what happens to a media session. Calls are serial and must return quickly. */
public interface MediaSessionListener {
  /** A local candidate was found. */
  void onIceCandidate(IceCandidate candidate);

  /** No more local candidates will come. Called once at most. */
  void onGatheringComplete();

  /** Media can flow. */
  void onConnected();

  /** The session has failed; {@link #onClosed} follows. */
  void onFailed(Throwable failure);

  /** The session is closed. The last call, made once. */
  void onClosed();
}
