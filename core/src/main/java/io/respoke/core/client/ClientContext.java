package io.respoke.core.client;

import io.respoke.PresenceResolver;
import io.respoke.core.call.Calls;
import io.respoke.core.event.EventDispatcher;
import io.respoke.core.json.Companions;
import io.respoke.core.json.JsonBinding;
import io.respoke.core.runtime.CallerStage;
import io.respoke.core.session.ConnectionDriver;
import io.respoke.core.session.Engine;
import io.respoke.protocol.ApiResponse;
import io.respoke.protocol.EventHeader;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the objects of one client share. */
final class ClientContext {
  private final DefaultClient client;
  private final Engine engine;
  private final JsonBinding binding;
  private final EventDispatcher events;
  private final ConnectionDriver driver;
  private final PresenceResolver resolver;
  private final EndpointRegistry endpoints;
  private final GroupRegistry groups;
  private final ServiceTime serviceTime;
  private final Calls calls;

  ClientContext(
      DefaultClient client,
      Engine engine,
      JsonBinding binding,
      EventDispatcher events,
      ConnectionDriver driver,
      PresenceResolver resolver,
      MediaBackends media) {
    this.client = client;
    this.engine = engine;
    this.binding = binding;
    this.events = events;
    this.driver = driver;
    this.resolver = resolver;
    serviceTime = new ServiceTime(engine.runtime().scheduler());
    endpoints = new EndpointRegistry(this);
    groups = new GroupRegistry(this);
    calls = new Calls(new ClientCallHost(this, media));
  }

  DefaultClient client() {
    return client;
  }

  Engine engine() {
    return engine;
  }

  JsonBinding binding() {
    return binding;
  }

  EventDispatcher events() {
    return events;
  }

  ConnectionDriver driver() {
    return driver;
  }

  PresenceResolver resolver() {
    return resolver;
  }

  EndpointRegistry endpoints() {
    return endpoints;
  }

  GroupRegistry groups() {
    return groups;
  }

  Calls calls() {
    return calls;
  }

  ServiceTime serviceTime() {
    return serviceTime;
  }

  /** Sends a request; the future is completed on the serial context. */
  CompletableFuture<ApiResponse> request(String method, String path, @Nullable JsonObject data) {
    return driver.request(method, path, data);
  }

  /** A future of the engine as one for callers: completed on the callback executor, and theirs. */
  <T> CompletionStage<T> expose(CompletableFuture<T> future) {
    return CallerStage.of(future, engine.callbacks());
  }

  /** A message to be sent, with what goes along with it. */
  JsonValue outgoing(Object message) {
    return Companions.ofMessage(binding.toJson(message), events.telemetry().messageContext());
  }

  /** A received message. */
  DefaultMessage message(
      EventHeader header,
      JsonValue json,
      @Nullable DefaultEndpoint other,
      @Nullable DefaultGroup group,
      boolean backfilled) {
    String from = header.from() == null ? "" : header.from();
    Long timestamp = header.timestamp();
    Instant time =
        timestamp == null
            ? engine.runtime().scheduler().wallClock()
            : Instant.ofEpochMilli(timestamp);
    return new DefaultMessage(
        binding, json, endpoints.get(from), other, group, header, time, backfilled);
  }
}
