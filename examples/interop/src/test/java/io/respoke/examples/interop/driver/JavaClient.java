package io.respoke.examples.interop.driver;

import io.respoke.Client;
import io.respoke.event.RespokeEvent;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A client of this library, and the events it fired. */
public final class JavaClient implements AutoCloseable {
  private final Client client;
  private final Received<RespokeEvent> events;

  /** Listens to everything that {@code client} fires from now on. */
  public JavaClient(String name, Client client, Trace trace) {
    this.client = client;
    this.events = new Received<>(name);
    client.listen(
        RespokeEvent.class,
        event -> {
          trace.add(name, event.toString());
          events.add(event);
        });
  }

  /** The client itself. */
  public Client client() {
    return client;
  }

  /** Connects and waits until that has succeeded. */
  public JavaClient connect() {
    get(client.connect());
    return this;
  }

  /** Takes the oldest event of this type, waiting for it. */
  public <E extends RespokeEvent> E await(Class<E> type) {
    return await(type, event -> true);
  }

  /** Takes the oldest event of this type that {@code wanted} accepts, waiting for it. */
  public <E extends RespokeEvent> E await(Class<E> type, Predicate<? super E> wanted) {
    return type.cast(
        events.await(
            type.getSimpleName(),
            event -> type.isInstance(event) && wanted.test(type.cast(event))));
  }

  /** The events of this type that have come and were not taken. */
  public <E extends RespokeEvent> List<E> rest(Class<E> type) {
    return events.rest().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /**
   * The result of {@code stage}, waiting for it.
   *
   * @throws RuntimeException what it failed with
   */
  public static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(Received.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("not done within " + Received.DEADLINE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
