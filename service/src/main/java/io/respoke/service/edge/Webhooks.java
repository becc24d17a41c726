package io.respoke.service.edge;

import io.respoke.service.state.AppEvents;
import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.WebhookAddresses;
import io.respoke.service.state.WebhookAnswer;
import io.respoke.service.state.WebhookConfig;
import io.respoke.service.state.WebhookDelivery;
import io.respoke.service.state.WebhookSignature;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is in the outboxes of all apps. On the event loop; names are looked up on threads of
 * their own, and a request goes to the address that was looked at, not to a second answer.
 */
final class Webhooks {
  private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());
  private static final int MOST_OF_ANSWER = 1_024;
  private static final int NAME_THREADS = 2;
  private static final int CONNECTIONS_PER_ADDRESS = 16;

  private final AppRegistry apps;
  private final Timers timers;
  private final boolean privateTargets;
  private final Duration timeout;
  private final HttpClient client;
  private final WorkerExecutor names;
  private boolean stopped;
  private long dropped;

  /**
   * Sends nothing yet.
   *
   * @param privateTargets whether events may go to addresses that are not public
   * @param timeout how long an attempt may take, from looking up the host to the end of the answer
   */
  Webhooks(Vertx vertx, AppRegistry apps, Timers timers, boolean privateTargets, Duration timeout) {
    this.apps = apps;
    this.timers = timers;
    this.privateTargets = privateTargets;
    this.timeout = timeout;
    this.names = vertx.createSharedWorkerExecutor("respoke-webhook-names", NAME_THREADS);
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(
                    (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis())))
                .setSslHandshakeTimeout(Math.max(1, timeout.toMillis()))
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(15),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_ADDRESS));
  }

  /** Sends what is due in all apps. */
  void tick() {
    apps.all().forEach(this::pump);
  }

  /** Sends what is due in one app. */
  void pump(AppSpace space) {
    AppEvents events = space.events();
    while (!stopped) {
      WebhookConfig webhook = events.webhook();
      WebhookDelivery delivery = webhook == null ? null : events.outbox().next(timers.now());
      if (webhook == null || delivery == null) {
        return;
      }
      new Attempt(space, delivery, webhook.url()).start(webhook.secret());
    }
  }

  /** An event of an app did not fit into its outbox. */
  void dropped(AppSpace space) {
    dropped++;
    if (Long.bitCount(dropped) == 1) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the webhook of app {0} does not take its events: {1} wait, and new ones are dropped;"
              + " {2} of all apps so far",
          space.app().id(),
          space.events().outbox().pending(),
          dropped);
    }
  }

  /** How many events did not fit, of all apps. */
  long dropped() {
    return dropped;
  }

  /** How many events wait or are being sent, of all apps. */
  long waiting() {
    return apps.all().stream().mapToLong(space -> space.events().outbox().pending()).sum();
  }

  void stop() {
    stopped = true;
    var unused = client.close().eventually(names::close);
  }

  private static final class NotPublic extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** One request, which ends once: with an answer, a failure, or when its time is up. */
  private final class Attempt {
    private final AppSpace space;
    private final WebhookDelivery delivery;
    private final URI url;
    private final int number;
    private final long startedAt = timers.now();
    private final Timers.Timer deadline;
    private @Nullable HttpClientRequest request;
    private @Nullable String where;
    private int status;
    private int read;
    private boolean over;

    Attempt(AppSpace space, WebhookDelivery delivery, String url) {
      this.space = space;
      this.delivery = delivery;
      this.url = URI.create(url);
      this.number = delivery.attempts();
      this.deadline = timers.schedule(timeout, () -> end(late()));
    }

    void start(String secret) {
      String body = delivery.body();
      String signature = WebhookSignature.of(secret, startedAt / 1_000, body);
      String host = url.getHost();
      address(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
          .compose(address -> client.request(options(address)))
          .compose(
              open -> {
                request = open;
                if (over) {
                  var unused = open.reset();
                  return Future.failedFuture("too late");
                }
                open.putHeader("Content-Type", "application/json; charset=utf-8")
                    .putHeader("User-Agent", "Respoke-Webhook/1")
                    .putHeader(WebhookSignature.HEADER, signature);
                return open.send(body);
              })
          .onSuccess(this::answered)
          .onFailure(failure -> end(text(failure)));
    }

    private Future<InetAddress> address(String host) {
      return names
          .executeBlocking(() -> InetAddress.getAllByName(host), false)
          .compose(
              addresses -> {
                for (InetAddress address : addresses) {
                  if (privateTargets || WebhookAddresses.isPublic(address)) {
                    return Future.succeededFuture(address);
                  }
                }
                return Future.failedFuture(new NotPublic());
              });
    }

    private RequestOptions options(InetAddress address) {
      boolean tls = "https".equals(url.getScheme().toLowerCase(Locale.ROOT));
      int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
      where = shown(address, port);
      String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
      return new RequestOptions()
          .setMethod(HttpMethod.POST)
          .setSsl(tls)
          .setHost(url.getHost())
          .setPort(port)
          .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
          .setURI(url.getRawQuery() == null ? path : path + '?' + url.getRawQuery())
          .setFollowRedirects(false);
    }

    private void answered(HttpClientResponse response) {
      status = response.statusCode();
      response.exceptionHandler(failure -> end(text(failure)));
      response.handler(
          part -> {
            read += part.length();
            if (read > MOST_OF_ANSWER) {
              end(null);
            }
          });
      response.endHandler(
          ended -> {
            request = null;
            end(null);
          });
    }

    /** A status that came counts, whatever became of the rest of the answer. */
    private void end(@Nullable String problem) {
      if (over) {
        return;
      }
      over = true;
      deadline.cancel();
      if (request != null) {
        var unused = request.reset();
      }
      long now = timers.now();
      WebhookAnswer answer =
          new WebhookAnswer(status, now - startedAt, status == 0 ? problem : null);
      space
          .events()
          .outbox()
          .answered(delivery, number, answer, now, ThreadLocalRandom.current().nextDouble());
      if (delivery.status() == WebhookDelivery.Status.DEAD) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the webhook of app {0} did not take the event {1} ({2}) in {3} attempts: {4}",
            space.app().id(),
            delivery.id(),
            delivery.type(),
            delivery.attempts(),
            delivery.problem());
      }
      pump(space);
    }

    private String shown(InetAddress address, int port) {
      String text = address.getHostAddress();
      return (address instanceof Inet6Address ? '[' + text + ']' : text) + ':' + port;
    }

    private String late() {
      String within = " within " + words(timeout);
      if (where == null) {
        return "the host " + url.getHost() + " was not found" + within;
      }
      return request == null ? "could not connect to " + where + within : "no answer" + within;
    }

    private String text(Throwable failure) {
      if (failure instanceof NotPublic) {
        return "the host has no public address, and others are not allowed (webhooks.allowPrivate)";
      }
      if (failure instanceof UnknownHostException || where == null) {
        return "the host " + url.getHost() + " is not known";
      }
      return NetworkProblem.of(failure, where, request != null || status != 0);
    }
  }

  private static String words(Duration time) {
    long millis = time.toMillis();
    return millis % 1_000 != 0
        ? millis + " ms"
        : millis == 1_000 ? "1 second" : millis / 1_000 + " seconds";
  }
}
