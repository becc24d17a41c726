package io.respoke.spi;

import io.respoke.ProxyOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/**
 * Where and how to open a connection. {@code toString} shows no query and no headers.
 *
 * @param uri {@code ws} or {@code wss}, with the query to send
 * @param headers for the upgrade request
 * @param connectTimeout from {@link TransportProvider#open} to {@link TransportListener#onOpen},
 *     TCP connect, TLS and upgrade included
 * @param sendTimeout how long one message may take to be written
 * @param outboundLimit how many messages may wait to be sent
 * @param maxMessageSize the largest message to take, in characters; a larger one fails the
 *     transport
 * @param sslContext whom to trust; empty for the JVM's default
 * @param proxy an HTTP proxy to CONNECT through
 * @param executor for short work that does not block, such as handing over what has come; a
 *     transport that blocks does so in {@link TransportProvider#open} or on threads of its own.
 *     Never shut it down
 */
public record TransportRequest(
    URI uri,
    Map<String, String> headers,
    Duration connectTimeout,
    Duration sendTimeout,
    int outboundLimit,
    int maxMessageSize,
    Optional<SSLContext> sslContext,
    Optional<ProxyOptions> proxy,
    Executor executor) {
  /** Copies the headers, and checks that they are no more than that. */
  public TransportRequest {
    headers = Map.copyOf(headers);
    headers.forEach(
        (name, value) -> {
          if (name.isEmpty() || !isOneLine(name) || !isOneLine(value)) {
            throw new IllegalArgumentException("not a header: " + name);
          }
        });
  }

  private static boolean isOneLine(String text) {
    return text.chars().allMatch(c -> (c >= ' ' && c != 0x7f) || c == '\t');
  }

  /** The address without its query, for messages and logs. */
  public String address() {
    return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
  }

  /** Without query and headers. */
  @Override
  public String toString() {
    return "TransportRequest[" + uri.getScheme() + "://" + uri.getRawAuthority() + "]";
  }
}
