package io.respoke.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An application's server on loopback that records what comes and answers as it is told. */
final class Receiver implements AutoCloseable {
  /** One request. */
  record Received(String path, String signature, String body) {
    JsonObject json() {
      return Json.parseObject(body);
    }

    String type() {
      return json().getJsonObject("header").getString("type");
    }

    String id() {
      return json().getJsonObject("header").getString("requestId");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final LinkedBlockingQueue<Received> requests = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean hanging;
  private volatile int answerLength;

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Integer status = answers.poll();
    boolean hangs = hanging;
    requests.add(
        new Received(
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Respoke-Signature"),
            body));
    if (hangs) {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
      return;
    }
    int code = status == null ? 200 : status;
    if (code / 100 == 3) {
      exchange.getResponseHeaders().set("Location", url("/elsewhere"));
    }
    byte[] answer = "x".repeat(answerLength).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The next requests are answered with these; all later ones with 200. */
  void answer(Integer... statuses) {
    for (Integer status : statuses) {
      answers.add(status);
    }
  }

  /** From now on there is no answer, or there is. */
  void hang(boolean on) {
    hanging = on;
  }

  void answerLength(int bytes) {
    answerLength = bytes;
  }

  /** The next request. */
  Received next() throws InterruptedException {
    Received received = requests.poll(10, TimeUnit.SECONDS);
    if (received == null) {
      throw new AssertionError("no request came");
    }
    return received;
  }

  int waiting() {
    return requests.size();
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
