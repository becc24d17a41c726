package io.respoke.service.state;

/** Where a connection's frames go. */
public interface Outbound {
  /** Puts a frame into the socket's queue. Never blocks, never throws. */
  void send(String frame);
}
