package io.respoke.protocol;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The answer to {@code GET /socket.io/1/}: {@code sid:heartbeat:close:transports}.
 *
 * @param sid the session id, used in the WebSocket path
 * @param heartbeatTimeout how long the client may wait for a packet before it gives the peer up
 * @param closeTimeout as above, counted from the last packet; clients use the smaller of both
 * @param transports what the service offers, {@code websocket} among them
 */
public record Handshake(
    String sid, Duration heartbeatTimeout, Duration closeTimeout, List<String> transports) {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
  private static final long MAX_SECONDS = Duration.ofDays(1).toSeconds();

  /** Copies the list. */
  public Handshake {
    transports = List.copyOf(transports);
  }

  /**
   * Reads the answer's text. Empty, zero or odd timeouts become 60 s, as no client can work with
   * them (protocol-wire §2.3).
   *
   * @throws MalformedFrameException if there is no session id or no list of transports
   */
  public static Handshake parse(String text) {
    String[] fields = text.strip().split(":", 4);
    if (fields.length < 4 || fields[0].isEmpty()) {
      throw new MalformedFrameException("not a Socket.IO 0.9 handshake", text);
    }
    List<String> transports =
        Arrays.stream(fields[3].split(","))
            .map(String::strip)
            .filter(transport -> !transport.isEmpty())
            .toList();
    if (transports.isEmpty()) {
      throw new MalformedFrameException("Socket.IO 0.9 handshake without a transport", text);
    }
    return new Handshake(fields[0], seconds(fields[1]), seconds(fields[2]), transports);
  }

  private static Duration seconds(String field) {
    try {
      long seconds = Long.parseLong(field.strip());
      return seconds > 0 && seconds <= MAX_SECONDS ? Duration.ofSeconds(seconds) : DEFAULT_TIMEOUT;
    } catch (NumberFormatException e) {
      return DEFAULT_TIMEOUT;
    }
  }

  /** The text form. */
  public String format() {
    return sid
        + ':'
        + heartbeatTimeout.toSeconds()
        + ':'
        + closeTimeout.toSeconds()
        + ':'
        + String.join(",", transports);
  }

  /** How long silence may last: the smaller of both timeouts. */
  public Duration silenceLimit() {
    return heartbeatTimeout.compareTo(closeTimeout) < 0 ? heartbeatTimeout : closeTimeout;
  }

  /** Whether WebSocket is offered. */
  public boolean offersWebSocket() {
    return transports.contains("websocket");
  }

  /** Without the session id, which opens the socket without any other credential. */
  @Override
  public String toString() {
    return "Handshake[heartbeatTimeout="
        + heartbeatTimeout
        + ", closeTimeout="
        + closeTimeout
        + ", transports="
        + transports
        + "]";
  }
}
