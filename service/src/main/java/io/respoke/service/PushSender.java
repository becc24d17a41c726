package io.respoke.service;

import java.io.IOException;
import java.net.URI;

/**
 * Brings notifications to the services that deliver them to devices. Called on threads of the
 * service that do nothing else, by several at once; may block for some seconds.
 */
@FunctionalInterface
public interface PushSender {
  /**
   * Sends one notification. It is not tried again. When the service closes, the thread is
   * interrupted after two seconds.
   *
   * @throws IOException if it was not taken; logged, so the message must hold no device token. Of
   *     any other exception only the class is logged
   */
  void send(PushNotification notification) throws IOException, InterruptedException;

  /** Only says in the log, at level INFO, that there was one, without its token and text. */
  static PushSender log() {
    System.Logger log = System.getLogger(PushSender.class.getName());
    return notification ->
        log.log(System.Logger.Level.INFO, "not sent anywhere: {0}", notification);
  }

  /**
   * Posts each as JSON with the members of {@link PushNotification} to a gateway of yours, which
   * has to answer with 2xx within 10 seconds: once, over a connection of its own, straight to the
   * gateway without any proxy. Redirects are not followed. By TLS the gateway needs a certificate
   * for its host that {@link javax.net.ssl.HttpsURLConnection#getDefaultSSLSocketFactory} trusts.
   *
   * @param gateway an http or https URL with a host
   * @param authorization the value of the header {@code Authorization}
   * @throws IllegalArgumentException if the gateway is no such URL, or the authorization has a
   *     control character, such as a line break at its end
   */
  static PushSender http(URI gateway, String authorization) {
    return new HttpPushSender(gateway, authorization);
  }
}
