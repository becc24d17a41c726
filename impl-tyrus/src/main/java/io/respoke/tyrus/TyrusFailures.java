package io.respoke.tyrus;

import io.respoke.spi.TransportException;
import io.respoke.spi.TransportException.Category;
import io.respoke.spi.TransportRequest;
import jakarta.websocket.DeploymentException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what a failure of Tyrus to connect means. */
final class TyrusFailures {
  private TyrusFailures() {}

  static TransportException opening(Throwable failure, TransportRequest request) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 20; t = t.getCause(), depth++) {
      if (t instanceof UpgradeRejected rejected) {
        return new TransportException(
            Category.UPGRADE_REJECTED,
            rejected.status(),
            request.address() + " answered HTTP " + rejected.status() + " instead of 101",
            null);
      }
      if (t instanceof InterruptedException) {
        return exception(Category.LOST, "interrupted while connecting to ", request, null);
      }
      if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
        return exception(Category.UNKNOWN_HOST, "unknown host of ", request, t);
      }
      if (t instanceof SSLException) {
        return exception(Category.TLS, "TLS failed with ", request, t);
      }
      if (t instanceof ConnectException) {
        String words = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
        return words.contains("refused")
            ? exception(Category.REFUSED, "connection refused by ", request, t)
            : words.contains("timed out")
                ? exception(Category.CONNECT_TIMEOUT, "no answer from ", request, t)
                : exception(Category.OTHER, "cannot connect to ", request, t);
      }
      if (t instanceof SocketTimeoutException) {
        return exception(Category.CONNECT_TIMEOUT, "no answer from ", request, t);
      }
    }
    if ("wss".equalsIgnoreCase(request.uri().getScheme())) {
      // The socket was there, the upgrade was not: when the peer hangs up on our alert, Tyrus can
      // notice the end of the connection before it tells of the alert's cause.
      return exception(Category.TLS, "TLS failed or was broken off with ", request, failure);
    }
    return exception(Category.OTHER, "cannot connect to ", request, failure);
  }

  private static TransportException exception(
      Category category, String what, TransportRequest request, @Nullable Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root != null && root.getCause() != null && depth < 20; depth++) {
      root = root.getCause();
    }
    // Some of Tyrus's own messages hold the whole address, and with it a token.
    String query = request.uri().getRawQuery();
    boolean safe =
        root != null
            && !(root instanceof DeploymentException)
            && (query == null || !String.valueOf(root.getMessage()).contains(query));
    String why = root == null || !safe ? "" : ": " + root.getMessage();
    return new TransportException(category, what + request.address() + why, safe ? root : null);
  }
}
