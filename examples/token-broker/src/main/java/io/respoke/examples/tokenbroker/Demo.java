package io.respoke.examples.tokenbroker;

import io.respoke.BrokerTokens;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ReconnectPolicy;
import io.respoke.Respoke;
import io.respoke.Tokens;
import io.respoke.event.Reconnected;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A service and a broker in this JVM, a stranger, and a client that asks the broker. */
final class Demo {
  private final PrintStream out;
  private final URI broker;
  private final HttpClient http = HttpClient.newHttpClient();

  private Demo(PrintStream out, URI broker) {
    this.out = out;
    this.broker = broker;
  }

  static void run(PrintStream out) {
    try (RespokeService service = RespokeService.start(ServiceOptions.defaults());
        TokenBroker broker =
            Settings.broker(Settings.with(service, Map.of("BROKER_PORT", "0")), out)) {
      new Demo(out, broker.url()).run(service);
    }
    out.println("token-broker: ok");
  }

  private void run(RespokeService service) {
    out.println("a stranger: " + post("api/tokens", "endpointId=ada", "").statusCode());
    String bearer = json(post("api/login", "user=ada&password=lovelace", "")).getString("bearer");
    out.println("ada as grace: " + post("api/tokens", "endpointId=grace", bearer).body());

    BrokerTokens tokens =
        new BrokerTokens(
            broker.resolve("api/tokens"), () -> Map.of("Authorization", "Bearer " + bearer));
    try (Client ada = Respoke.createClient(options(service, tokens))) {
      await(ada.connect());
      out.println("connected as " + ada.endpointId().orElseThrow());
      CompletableFuture<Reconnected> back = new CompletableFuture<>();
      ada.once(Reconnected.class, back::complete);
      service.hooks().dropConnections("ada");
      await(back);
      out.println("connected again, with another token");
    }
  }

  private static ClientOptions options(RespokeService service, BrokerTokens tokens) {
    return ClientOptions.builder()
        .baseUrl(service.baseUrl())
        .tokenProvider(Tokens.broker(tokens))
        .reconnectPolicy(
            ReconnectPolicy.defaults().withDelays(Duration.ofMillis(100), Duration.ofSeconds(2)))
        .build();
  }

  private HttpResponse<String> post(String path, String form, String bearer) {
    HttpRequest request =
        HttpRequest.newBuilder(broker.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", "Bearer " + bearer)
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject json(HttpResponse<String> answer) {
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
