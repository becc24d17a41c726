package io.respoke.service;

import io.respoke.protocol.Json;
import io.respoke.service.edge.NetworkProblem;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Posts notifications to a gateway. The connection is closed when the status is known, or when the
 * time for the whole request is over: a gateway that sends a byte now and then holds nothing up.
 */
final class HttpPushSender implements PushSender {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final ScheduledThreadPoolExecutor DEADLINES = deadlines();

  private final URI gateway;
  private final String authorization;
  private final int timeoutMillis;

  HttpPushSender(URI gateway, String authorization) {
    this(gateway, authorization, TIMEOUT_MILLIS);
  }

  /** With another time for a whole request. */
  HttpPushSender(URI gateway, String authorization, int timeoutMillis) {
    boolean web = "http".equals(gateway.getScheme()) || "https".equals(gateway.getScheme());
    if (!web || gateway.getHost() == null) {
      throw new IllegalArgumentException(
          "the push gateway must be an http or https URL with a host");
    }
    if (authorization.chars().anyMatch(Character::isISOControl)) {
      // Without the value: it is a secret.
      throw new IllegalArgumentException(
          "the authorization of the push gateway must be one line without control characters; is"
              + " there a line break at its end?");
    }
    this.gateway = gateway;
    this.authorization = authorization;
    this.timeoutMillis = timeoutMillis;
  }

  @Override
  public void send(PushNotification notification) throws IOException {
    SinglePost post = new SinglePost(gateway);
    AtomicBoolean late = new AtomicBoolean();
    Future<?> deadline =
        DEADLINES.schedule(
            () -> {
              late.set(true);
              post.end();
            },
            timeoutMillis,
            TimeUnit.MILLISECONDS);
    int status;
    try {
      status =
          post.send(
              Map.of(
                  "Content-Type",
                  "application/json; charset=utf-8",
                  "Authorization",
                  authorization),
              body(notification).getBytes(StandardCharsets.UTF_8),
              timeoutMillis);
    } catch (IOException e) {
      throw new IOException(problem(e, late.get()));
    } finally {
      boolean unused = deadline.cancel(false);
      post.end();
    }
    if (status < 200 || status > 299) {
      throw new IOException("the push gateway answered with " + status);
    }
  }

  private String problem(IOException failure, boolean late) {
    if (late || failure instanceof SocketTimeoutException) {
      return late();
    }
    String where = gateway.getHost() + (gateway.getPort() < 0 ? "" : ":" + gateway.getPort());
    return "the push gateway did not answer: " + NetworkProblem.of(failure, where, true);
  }

  private String late() {
    return "the push gateway did not answer within " + timeoutMillis + " ms";
  }

  private static ScheduledThreadPoolExecutor deadlines() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "respoke-push-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    timer.setKeepAliveTime(5, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
    return timer;
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
