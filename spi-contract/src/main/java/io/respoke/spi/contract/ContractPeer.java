package io.respoke.spi.contract;

import io.respoke.spi.CloseStatus;
import java.time.Duration;

/** The service's end of one open connection, as the contract drives it. */
public interface ContractPeer {
  /** How long anything that must happen is waited for before the test fails. */
  Duration PATIENCE = Duration.ofSeconds(10);

  /** Sends a text message. */
  void send(String text);

  /** The next text message from the client; fails the test when none comes. */
  String received();

  /** Begins the closing handshake. */
  void close(int code, String reason);

  /** Ends the connection without a closing handshake. */
  void cut();

  /** Reads nothing more until {@link #resume()}. */
  void stall();

  /** Reads on. */
  void resume();

  /**
   * How the client's side ended: with the close frame that it sent, or with 1006. Fails the test
   * when it does not end.
   */
  CloseStatus ended();
}
