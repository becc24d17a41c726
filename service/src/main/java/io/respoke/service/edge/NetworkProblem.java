package io.respoke.service.edge;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in words why a request got no answer. No name of a class, and nothing of a failure's own
 * text, which may hold a URL and with it a secret.
 */
public final class NetworkProblem {
  private static final int DEEPEST = 10;

  private final List<Throwable> causes = new ArrayList<>();
  private final String where;

  private NetworkProblem(Throwable failure, String where) {
    this.where = where;
    @Nullable Throwable cause = failure;
    while (cause != null && causes.size() < DEEPEST) {
      causes.add(cause);
      cause = cause.getCause();
    }
  }

  /**
   * What happened.
   *
   * @param failure how the request failed
   * @param where whom it was for: host and port
   * @param connected whether there was a connection already
   */
  public static String of(Throwable failure, String where, boolean connected) {
    NetworkProblem problem = new NetworkProblem(failure, where);
    if (problem.has(UnknownHostException.class)) {
      return "the host of " + where + " is not known";
    }
    if (problem.has(SSLException.class)) {
      return "TLS with " + where + ": " + problem.tls();
    }
    return connected && !problem.has(ConnectException.class)
        ? problem.answer()
        : problem.connection();
  }

  private boolean any(Predicate<Throwable> which) {
    return causes.stream().anyMatch(which);
  }

  private boolean has(Class<? extends Throwable> kind) {
    return any(kind::isInstance);
  }

  /** Failures of one class differ in their words only, which come from the operating system. */
  private boolean says(String words) {
    return any(
        cause ->
            cause.getMessage() != null
                && cause.getMessage().toLowerCase(Locale.ROOT).contains(words));
  }

  private String tls() {
    if (has(CertificateExpiredException.class)) {
      return "the certificate has expired";
    }
    if (has(CertificateNotYetValidException.class)) {
      return "the certificate is not valid yet";
    }
    if (has(CertPathBuilderException.class) || has(CertPathValidatorException.class)) {
      return "the certificate is not trusted";
    }
    if (has(CertificateException.class)) {
      return "the certificate is not one for this host";
    }
    if (has(NotSslRecordException.class) || says("unrecognized ssl message")) {
      return "the other side does not speak TLS";
    }
    if (closed()) {
      return "the connection was closed during the handshake";
    }
    return says("timed out") ? "the handshake took too long" : "the handshake failed";
  }

  private boolean closed() {
    return has(ClosedChannelException.class)
        || has(EOFException.class)
        || says("closed")
        || says("reset")
        || says("terminated the handshake")
        || says("broken pipe")
        || says("no bytes");
  }

  private String connection() {
    return "could not connect to " + where + ": " + why();
  }

  private String why() {
    if (says("refused")) {
      return "connection refused";
    }
    if (says("timed out")) {
      return "no answer";
    }
    if (has(NoRouteToHostException.class) || says("unreachable") || says("no route")) {
      return "no way to it";
    }
    if (has(ConnectException.class)) {
      return "nobody takes connections there";
    }
    return closed() ? "the connection was closed" : "it failed";
  }

  private String answer() {
    if (has(TooLongHttpHeaderException.class)
        || has(TooLongHttpLineException.class)
        || says("header size")) {
      return "the head of the answer of " + where + " is too long";
    }
    if (closed() || has(SocketException.class)) {
      return "the connection to " + where + " was closed without an answer";
    }
    return "the answer of " + where + " is not one of HTTP";
  }
}
