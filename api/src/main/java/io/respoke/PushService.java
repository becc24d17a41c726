package io.respoke;

/** Who delivers push notifications to a device. */
public enum PushService {
  /** Google. */
  GOOGLE,
  /** Apple. */
  APPLE
}
