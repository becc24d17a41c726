package io.respoke.service.edge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;

/**
 * Gives new connections the new certificate when its files have changed. Those that are there keep
 * theirs; files that cannot be read change nothing.
 */
final class CertificateWatch {
  /** How long a change may go unseen. */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final System.Logger LOG = System.getLogger(CertificateWatch.class.getName());

  private final Vertx vertx;
  private final HttpServer server;
  private final CertificateFiles certificate;
  private final Timers timers;
  private String known = "";
  private boolean stopped;

  CertificateWatch(Vertx vertx, HttpServer server, CertificateFiles certificate, Timers timers) {
    this.vertx = vertx;
    this.server = server;
    this.certificate = certificate;
    this.timers = timers;
  }

  /** Begins with the files as they are: the server has just read them. */
  void start() {
    var unused =
        certificate
            .mark(vertx)
            .onComplete(
                (mark, failure) -> {
                  known = failure == null ? mark : "";
                  lookLater();
                });
  }

  void stop() {
    stopped = true;
  }

  private void lookLater() {
    if (!stopped) {
      var unused = timers.schedule(INTERVAL, this::look);
    }
  }

  private void look() {
    if (stopped) {
      return;
    }
    var unused =
        certificate
            .mark(vertx)
            .onComplete(
                (mark, failure) -> {
                  if (failure != null) {
                    failed(failure);
                  } else if (!mark.equals(known)) {
                    known = mark;
                    reload();
                  }
                  lookLater();
                });
  }

  private void reload() {
    ServerSSLOptions options =
        new ServerSSLOptions().setKeyCertOptions(certificate.options().get());
    var unused =
        server
            .updateSSLOptions(options, true)
            .onSuccess(done -> LOG.log(System.Logger.Level.INFO, "the certificate was read again"))
            .onFailure(CertificateWatch::failed);
  }

  private static void failed(Throwable failure) {
    LOG.log(
        System.Logger.Level.WARNING,
        "the certificate cannot be read again, the old one stays in use: " + failure.getMessage());
  }
}
