package io.respoke.tyrus.features;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.AppSecretTokens;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ReconnectPolicy;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.TokenProvider;
import io.respoke.TokenSpec;
import io.respoke.Tokens;
import io.respoke.event.RespokeEvent;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.opentest4j.AssertionFailedError;

/** A service, and clients of it that are closed at the end. */
final class Stage implements AutoCloseable {
  private static final long SECONDS = 20;

  final RespokeService service;
  private final List<Client> clients = new ArrayList<>();

  Stage() {
    this(ServiceOptions.builder().noRateLimit().build());
  }

  Stage(ServiceOptions options) {
    service = RespokeService.start(options);
  }

  /** Options that name the service, its app and an endpoint. */
  ClientOptions.Builder options(String endpointId) {
    return ClientOptions.builder()
        .baseUrl(service.baseUrl())
        .appId(service.app().id())
        .endpointId(endpointId)
        .reconnectPolicy(
            ReconnectPolicy.defaults()
                .withDelays(Duration.ofMillis(50), Duration.ofMillis(500))
                .withJitter(false));
  }

  /** Options of a client whose every attempt gets a token of its own. */
  ClientOptions.Builder brokered(String endpointId) {
    return options(endpointId).tokenProvider(secretTokens());
  }

  TokenProvider secretTokens() {
    return Tokens.appSecret(AppSecretTokens.of(service.app().secret(), RoleRef.appDefault()));
  }

  Admin admin() {
    return Respoke.admin(
        AdminOptions.builder()
            .baseUrl(service.baseUrl())
            .appId(service.app().id())
            .appSecret(service.app().secret())
            .build());
  }

  String mint(String endpointId) {
    return get(admin().createToken(TokenSpec.of(endpointId, RoleRef.appDefault()))).token();
  }

  Client client(ClientOptions.Builder options) {
    Client client = Respoke.createClient(options.build());
    clients.add(client);
    return client;
  }

  Client connected(ClientOptions.Builder options) {
    return get(client(options).connect());
  }

  /** What a stage is completed with. */
  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionFailedError("the stage failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionFailedError("no outcome within " + SECONDS + " s", e);
    }
  }

  /** What a stage fails with. */
  static Throwable failure(CompletionStage<?> stage) {
    try {
      Object value = stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
      throw new AssertionFailedError("the stage was completed with " + value);
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionFailedError("no outcome within " + SECONDS + " s", e);
    }
  }

  /** The events of a type, from now on. */
  static <E extends RespokeEvent> Seen<E> seen(Client client, Class<E> type) {
    Seen<E> seen = new Seen<>();
    client.listen(type, seen::add);
    return seen;
  }

  /** Events in the order they came. */
  static final class Seen<E> {
    private final BlockingQueue<E> events = new LinkedBlockingQueue<>();

    void add(E event) {
      events.add(event);
    }

    E next() {
      try {
        E event = events.poll(SECONDS, TimeUnit.SECONDS);
        if (event == null) {
          throw new AssertionFailedError("no event within " + SECONDS + " s");
        }
        return event;
      } catch (InterruptedException e) {
        throw new AssertionFailedError("interrupted", e);
      }
    }

    int left() {
      return events.size();
    }
  }

  @Override
  public void close() {
    clients.forEach(Client::close);
    service.close();
  }
}
