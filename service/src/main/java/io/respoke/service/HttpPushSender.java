package io.respoke.service;

import io.respoke.protocol.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Posts notifications to a gateway. */
final class HttpPushSender implements PushSender {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final URI gateway;
  private final String authorization;

  HttpPushSender(URI gateway, String authorization) {
    if (!"http".equals(gateway.getScheme()) && !"https".equals(gateway.getScheme())) {
      throw new IllegalArgumentException("the push gateway must be an http or https URL");
    }
    this.gateway = gateway;
    this.authorization = authorization;
  }

  @Override
  public void send(PushNotification notification) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) gateway.toURL().openConnection();
    try {
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json; charset=utf-8");
      connection.setRequestProperty("Authorization", authorization);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body(notification).getBytes(StandardCharsets.UTF_8));
      }
      int status = connection.getResponseCode();
      if (status < 200 || status > 299) {
        throw new IOException("the push gateway answered with " + status);
      }
    } finally {
      connection.disconnect();
    }
  }

  private static String body(PushNotification notification) {
    JsonObjectBuilder out =
        Json.object()
            .add("appId", notification.appId())
            .add("endpointId", notification.endpointId())
            .add("service", notification.service())
            .add("deviceToken", notification.deviceToken())
            .add("text", notification.text())
            .add("badge", notification.badge())
            .add("sound", notification.sound())
            .add("category", notification.category());
    Integer count = notification.badgeCount();
    if (count != null) {
      out.add("badgeCount", count);
    }
    return Json.write(out.build());
  }

  /** Without the credential. */
  @Override
  public String toString() {
    return "HttpPushSender[" + gateway.getHost() + "]";
  }
}
