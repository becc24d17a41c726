package io.respoke.benchmarks;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The side of a load that has the sockets: one event loop for all of them. Whatever goes wrong on
 * it, a socket that is closed included, fails whoever waits.
 */
final class LoadLoop implements AutoCloseable {
  private static final int HTTP_CONNECTIONS = 64;
  private static final int PATIENCE_SECONDS = 120;

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(1)
              .setWorkerPoolSize(1)
              .setInternalBlockingPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private final CompletableFuture<Object> failure = new CompletableFuture<>();
  private final WebSocketClient sockets;
  private final HttpClient http;
  private volatile boolean closing;

  LoadLoop() {
    loop.exceptionHandler(failure::completeExceptionally);
    sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxConnections(Integer.MAX_VALUE));
    http =
        vertx.createHttpClient(
            new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(HTTP_CONNECTIONS));
  }

  /** Runs something on the loop and waits for what becomes of it. */
  <T> T get(Supplier<Future<T>> work) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.runOnContext(
        on -> {
          try {
            work.get().onComplete(done::complete, done::completeExceptionally);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    CompletableFuture.anyOf(failure, done).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return done.join();
  }

  /** Completes on the loop after some time. */
  Future<Void> after(long millis) {
    Promise<Void> due = Promise.promise();
    vertx.setTimer(millis, fired -> due.complete());
    return due.future();
  }

  /** Does something on the loop every millisecond, until what it gives is run. */
  Runnable everyMillisecond(Runnable action) {
    long timer = vertx.setPeriodic(1, fired -> action.run());
    return () -> vertx.cancelTimer(timer);
  }

  /** The body of the answer to an HTTP request, which must be 200. On the loop only. */
  Future<String> http(
      HttpMethod method, int port, String uri, Map<String, String> headers, String body) {
    return http.request(method, port, "127.0.0.1", uri)
        .compose(
            request -> {
              headers.forEach(request::putHeader);
              return request.send(Buffer.buffer(body));
            })
        .compose(
            response ->
                response
                    .body()
                    .compose(
                        answer ->
                            response.statusCode() == 200
                                ? Future.succeededFuture(answer.toString())
                                : Future.failedFuture(method + " was refused: " + answer)));
  }

  /** Opens a socket and introduces it. On the loop only. */
  Future<Line> line(int port, String uri, Dialect dialect) {
    return sockets
        .connect(port, "127.0.0.1", uri)
        .compose(
            socket -> {
              socket.closeHandler(
                  closed -> {
                    if (!closing) {
                      failure.completeExceptionally(
                          new IllegalStateException(
                              "The server has closed a socket, code " + socket.closeStatusCode()));
                    }
                  });
              return Line.open(socket, dialect);
            });
  }

  /** Does something so many times, some at once, and waits for all. */
  List<Line> all(int count, int atOnce, IntFunction<Future<Line>> each) throws Exception {
    return get(
        () -> {
          Several several = new Several(count, each);
          for (int i = 0; i < atOnce; i++) {
            several.next();
          }
          return several.all.future();
        });
  }

  private static final class Several {
    private final Promise<List<Line>> all = Promise.promise();
    private final Line[] lines;
    private final IntFunction<Future<Line>> each;
    private int begun;
    private int done;

    Several(int count, IntFunction<Future<Line>> each) {
      this.lines = new Line[count];
      this.each = each;
    }

    void next() {
      if (begun == lines.length) {
        return;
      }
      int index = begun++;
      each.apply(index)
          .onComplete(
              line -> {
                lines[index] = line;
                if (++done == lines.length) {
                  all.complete(Arrays.asList(lines));
                } else {
                  next();
                }
              },
              all::tryFail);
    }
  }

  @Override
  public void close() {
    closing = true;
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
