package io.respoke.spi.contract;

import io.respoke.ProxyOptions;
import io.respoke.spi.TransportRequest;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The request of a test: generous, save for what the test is about. */
final class RequestSettings {
  private final Map<String, String> headers = new HashMap<>();
  private URI uri;
  private Duration connectTimeout = ContractPeer.PATIENCE;
  private Duration sendTimeout = ContractPeer.PATIENCE;
  private int outboundLimit = 1000;
  private int maxMessageSize = 4_000_000;
  private @Nullable SSLContext sslContext;
  private @Nullable ProxyOptions proxy;

  RequestSettings(URI uri) {
    this.uri = uri;
  }

  RequestSettings uri(URI uri) {
    this.uri = uri;
    return this;
  }

  RequestSettings header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  RequestSettings connectTimeout(Duration timeout) {
    connectTimeout = timeout;
    return this;
  }

  RequestSettings sendTimeout(Duration timeout) {
    sendTimeout = timeout;
    return this;
  }

  RequestSettings outboundLimit(int limit) {
    outboundLimit = limit;
    return this;
  }

  RequestSettings maxMessageSize(int size) {
    maxMessageSize = size;
    return this;
  }

  RequestSettings sslContext(SSLContext context) {
    sslContext = context;
    return this;
  }

  RequestSettings proxy(ProxyOptions proxy) {
    this.proxy = proxy;
    return this;
  }

  TransportRequest request(Executor executor) {
    return new TransportRequest(
        uri,
        headers,
        connectTimeout,
        sendTimeout,
        outboundLimit,
        maxMessageSize,
        Optional.ofNullable(sslContext),
        Optional.ofNullable(proxy),
        executor);
  }
}
