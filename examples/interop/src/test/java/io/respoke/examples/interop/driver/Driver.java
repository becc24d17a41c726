package io.respoke.examples.interop.driver;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Node process that holds JavaScript clients for the tests and is told what to do line by line
 * ({@code js/lines.mjs} has the format). One process serves all tests of a run; each client has a
 * name of its own, and its events go to the list that {@link #listen} was given for that name.
 */
final class Driver implements AutoCloseable {
  private static final String SELF = "driver";

  private final String script;
  private final Process process;
  private final Writer commands;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<String, CompletableFuture<JsonValue>> answers = new ConcurrentHashMap<>();
  private final Map<String, Received<ClientEvent>> listeners = new ConcurrentHashMap<>();
  private volatile Trace trace = new Trace();

  private Driver(String script, Process process) {
    this.script = script;
    this.process = process;
    this.commands = process.outputWriter();
  }

  /** Starts {@code script} of the drivers' folder and waits until it is ready. */
  static Driver start(Path node, String script, Map<String, String> environment) {
    Path folder = Installation.drivers();
    ProcessBuilder builder = new ProcessBuilder(node.toString(), script).directory(folder.toFile());
    builder.environment().putAll(environment);
    Driver driver;
    try {
      driver = new Driver(script, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Received<ClientEvent> own = driver.listen(SELF);
    driver.read("out", driver.process.inputReader());
    driver.read("err", driver.process.errorReader());
    try {
      own.await("ready", event -> event.name().equals("ready"));
    } catch (AssertionError e) {
      driver.close();
      throw e;
    }
    return driver;
  }

  /** From now on everything said is recorded in {@code next}. */
  void record(Trace next) {
    trace = next;
  }

  /** The events of the client called {@code target}, from now on. */
  Received<ClientEvent> listen(String target) {
    return listeners.computeIfAbsent(target, Received::new);
  }

  /** Events of {@code target} are of no interest any more. */
  void forget(String target) {
    listeners.remove(target);
  }

  /**
   * Has {@code target} do {@code operation} and waits for the result.
   *
   * @throws ClientFailure if the client answers with an error
   * @throws AssertionError if no answer comes before the deadline
   */
  JsonValue call(String target, String operation, JsonObject args) {
    String id = String.valueOf(ids.incrementAndGet());
    CompletableFuture<JsonValue> answer = new CompletableFuture<>();
    answers.put(id, answer);
    if (!process.isAlive()) {
      throw new AssertionError(script + " ended with status " + process.exitValue());
    }
    send(
        Json.write(
            Json.object()
                .add("id", id)
                .add("target", target)
                .add("op", operation)
                .add("args", args)
                .build()));
    try {
      return answer.get(Received.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ClientFailure failure) {
        failure.fillInStackTrace();
        throw failure;
      }
      throw new AssertionError(target + " " + operation + ": " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new AssertionError(target + ": no answer to " + operation + " " + args, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(target + ": interrupted during " + operation, e);
    } finally {
      answers.remove(id);
    }
  }

  private void send(String line) {
    trace.add(script, "< " + line);
    synchronized (commands) {
      try {
        commands.write(line + "\n");
        commands.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void read(String stream, BufferedReader reader) {
    Thread thread =
        new Thread(
            () -> {
              try (reader) {
                String line;
                while ((line = reader.readLine()) != null) {
                  trace.add(script, "> " + line);
                  if (stream.equals("out")) {
                    dispatch(Json.parseObject(line));
                  }
                }
              } catch (IOException e) {
                trace.add(script, stream + " closed: " + e);
              } finally {
                answers
                    .values()
                    .forEach(a -> a.completeExceptionally(new IOException(script + " ended")));
              }
            },
            script + "-" + stream);
    thread.setDaemon(true);
    thread.start();
  }

  private void dispatch(JsonObject line) {
    if (line.containsKey("id")) {
      CompletableFuture<JsonValue> answer = answers.get(Json.text(line, "id"));
      if (answer == null) {
        return;
      }
      if (line.containsKey("error")) {
        JsonObject error = line.getJsonObject("error");
        answer.completeExceptionally(
            new ClientFailure(error.getString("type"), error.getString("message"), error));
      } else {
        answer.complete(line.get("result"));
      }
    } else if (line.containsKey("event")) {
      Received<ClientEvent> listener = listeners.get(line.getString("target"));
      if (listener != null) {
        listener.add(new ClientEvent(line.getString("event"), data(line.get("data"))));
      }
    }
  }

  private static JsonObject data(JsonValue value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    return value == JsonValue.NULL
        ? JsonValue.EMPTY_JSON_OBJECT
        : Json.object().add("value", value).build();
  }

  /** Ends the process; its clients end with it. */
  @Override
  public void close() {
    try {
      synchronized (commands) {
        commands.close();
      }
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
