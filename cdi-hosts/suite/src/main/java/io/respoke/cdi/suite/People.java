package io.respoke.cdi.suite;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.service.RespokeService;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Others at the same service. */
public final class People implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final URI baseUrl;
  private final String appId;
  private final List<Client> clients = new ArrayList<>();

  /** Nobody yet. */
  public People(RespokeService service) {
    this(service.baseUrl(), service.app().id());
  }

  /** As {@link #People(RespokeService)}, with a service in another process. */
  public People(URI baseUrl, String appId) {
    this.baseUrl = baseUrl;
    this.appId = appId;
  }

  /** Somebody who is connected. */
  public Client connect(String endpointId) {
    Client client =
        Respoke.createClient(
            ClientOptions.builder()
                .baseUrl(baseUrl)
                .appId(appId)
                .developmentMode(true)
                .endpointId(endpointId)
                .build());
    clients.add(client);
    return await(client.connect());
  }

  /** What comes of a stage. */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  /** Properties for a client. */
  public static Map<String, String> properties(
      RespokeService service, String client, String endpointId) {
    String prefix = client.isEmpty() ? "respoke." : "respoke.clients." + client + '.';
    Map<String, String> properties = new TreeMap<>();
    properties.put(prefix + "baseUrl", service.baseUrl().toString());
    properties.put(prefix + "appId", service.app().id());
    properties.put(prefix + "developmentMode", "true");
    properties.put(prefix + "endpointId", endpointId);
    return properties;
  }

  /** The properties that the application under test needs. */
  public static Map<String, String> properties(RespokeService service) {
    Map<String, String> properties = properties(service, "", "probe");
    properties.put("respoke.appSecret", service.app().secret());
    properties.putAll(properties(service, "sales", "sales"));
    return properties;
  }

  @Override
  public void close() {
    clients.forEach(Client::close);
  }
}
