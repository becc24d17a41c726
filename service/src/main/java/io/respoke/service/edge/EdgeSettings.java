package io.respoke.service.edge;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the options decide for the edge.
 *
 * @param host the address to bind to
 * @param port the port; 0 for any that is free
 * @param heartbeatInterval how long after a client's last heartbeat the service sends one
 * @param heartbeatTimeout how long a client may take to answer it
 * @param closeTimeout how long a handshake waits for its transport
 * @param logoutGrace how long a socket stays open after its client has logged out
 * @param outboundLimit how many characters may wait for a slow socket
 * @param requestTimeout how long a request may take to arrive
 * @param connectionsPerAddress how many TCP connections an address may hold; 0 for any number
 * @param tls the certificate, or {@code null} for plain connections
 * @param metrics who may read the metrics
 * @param console the files of the console by their paths, or {@code null} for none
 * @param privateWebhooks whether webhooks may be at addresses that are not public
 * @param webhookTimeout how long an attempt to deliver an event may take
 * @param pushes where push notifications go
 */
public record EdgeSettings(
    String host,
    int port,
    Duration heartbeatInterval,
    Duration heartbeatTimeout,
    Duration closeTimeout,
    Duration logoutGrace,
    int outboundLimit,
    Duration requestTimeout,
    int connectionsPerAddress,
    @Nullable CertificateFiles tls,
    MetricsAccess metrics,
    @Nullable Map<String, byte[]> console,
    boolean privateWebhooks,
    Duration webhookTimeout,
    PushOutlet pushes) {
  /** The greatest WebSocket message and HTTP body that are read at all. */
  static final int INBOUND_LIMIT = 256 * 1024;
}
