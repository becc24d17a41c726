package io.respoke.examples.jdktransport;

import io.respoke.spi.TransportException;
import io.respoke.spi.TransportException.Category;
import io.respoke.spi.TransportRequest;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what a failure of the JDK to open a WebSocket means. */
final class JdkFailures {
  private static final int PROXY_WANTS_AUTHORIZATION = 407;

  private JdkFailures() {}

  static TransportException opening(Throwable failure, TransportRequest request) {
    Category category = Category.OTHER;
    Throwable root = failure;
    // What lies deepest says it best: an unknown host is wrapped in a refused connection.
    for (Throwable t = failure; t != null; t = t.getCause()) {
      root = t;
      if (t instanceof WebSocketHandshakeException rejected && rejected.getResponse() != null) {
        return rejected(rejected.getResponse().statusCode(), request);
      }
      Category known = category(t);
      category = known == null ? category : known;
    }
    String query = request.uri().getRawQuery();
    String why = String.valueOf(root.getMessage());
    boolean safe = query == null || !why.contains(query);
    return new TransportException(
        category,
        "cannot connect to " + request.address() + (safe ? ": " + why : ""),
        safe ? root : null);
  }

  private static TransportException rejected(int status, TransportRequest request) {
    if (status == PROXY_WANTS_AUTHORIZATION && request.proxy().isPresent()) {
      return new TransportException(
          Category.OTHER, request.proxy().get() + " wants another authorization", null);
    }
    return new TransportException(
        Category.UPGRADE_REJECTED,
        status,
        request.address() + " answered HTTP " + status + " instead of upgrading",
        null);
  }

  private static @Nullable Category category(Throwable failure) {
    if (failure instanceof UnresolvedAddressException || failure instanceof UnknownHostException) {
      return Category.UNKNOWN_HOST;
    } else if (failure instanceof SSLException) {
      return Category.TLS;
    } else if (failure instanceof HttpTimeoutException) {
      return Category.CONNECT_TIMEOUT;
    } else if (failure instanceof ConnectException) {
      return Category.REFUSED;
    } else if (failure instanceof SocketException || failure instanceof EOFException) {
      return Category.LOST;
    }
    return null;
  }
}
