package io.respoke.server;

import io.respoke.protocol.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own. */
final class ServerProcess implements AutoCloseable {
  static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final CompletableFuture<URI> listening = new CompletableFuture<>();
  private final StringBuffer output = new StringBuffer();

  private ServerProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of the server");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it with these arguments; does not wait. */
  static ServerProcess start(String... arguments) throws IOException {
    return startWith(List.of("-Xmx256m"), arguments);
  }

  /** Starts it with these arguments to the JVM and to the program; does not wait. */
  static ServerProcess startWith(List<String> jvm, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(jvm);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ServiceMain.class.getName()));
    command.addAll(List.of(arguments));
    return new ServerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private void read() {
    String prefix = "Respoke service on ";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        output.append(line).append('\n');
        if (line.startsWith(prefix)) {
          listening.complete(URI.create(line.substring(prefix.length())));
        }
      }
    } catch (IOException e) {
      output.append(e);
    }
    listening.completeExceptionally(new IllegalStateException("it ended: " + output));
  }

  /** Where it listens, once it does. */
  URI baseUrl() throws Exception {
    return listening.get(60, TimeUnit.SECONDS);
  }

  String output() {
    return output.toString();
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  void kill() {
    close();
  }

  /** Asks it to end, as {@code kill} does. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end; gives its exit code. */
  int await() throws Exception {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + output);
    }
    return process.exitValue();
  }

  /** An HTTP request; headers are names and values in turn. */
  HttpResponse<String> http(String method, String path, JsonObject body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(baseUrl().resolve(path))
            .timeout(Duration.ofSeconds(30))
            .headers(headers)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(Json.write(body)));
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A list that a request is answered with. */
  JsonArray list(String path, String... headers) throws Exception {
    HttpResponse<String> answer = http("GET", path, null, headers);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return Json.parseArray(answer.body());
  }

  @Override
  public void close() {
    var unused = process.destroyForcibly().onExit().join();
  }
}
