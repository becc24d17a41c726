package io.respoke.telemetry.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.respoke.Client;
import io.respoke.ConnectionState;
import io.respoke.HangupReason;
import io.respoke.Respoke;
import io.respoke.spi.Telemetry.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** The instruments of all clients with the same attribute {@code client} in one OpenTelemetry. */
final class ClientMeters {
  /** Routes beyond this many count as one: applications may ask for any path. */
  static final int ROUTES = 100;

  private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client");
  private static final AttributeKey<String> STATE = AttributeKey.stringKey("state");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("route");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
  private static final AttributeKey<String> DIRECTION = AttributeKey.stringKey("direction");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");

  private static final List<Double> LATENCIES =
      List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);
  private static final List<Double> SPELLS =
      List.of(1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0);

  private record Key(OpenTelemetry openTelemetry, String client) {}

  private record Request(String method, String route, Outcome outcome) {}

  // Two callbacks that observe the same attributes would be an error, so clients share theirs.
  private static final Map<Key, ClientMeters> ALL = new HashMap<>();

  private final Key key;
  private final Meter meter;
  private final Attributes base;
  private final Attributes ofPrivate;
  private final Attributes ofGroup;
  private final Attributes ofIncoming;
  private final Attributes ofOutgoing;
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private final List<AutoCloseable> observations = new ArrayList<>();
  private final Set<String> routes = ConcurrentHashMap.newKeySet();
  private final Map<Request, Attributes> requests = new ConcurrentHashMap<>();
  private final DoubleHistogram downtime;
  private final DoubleHistogram latency;
  private final DoubleHistogram connected;
  private final LongCounter received;
  private final LongCounter sent;
  private final LongCounter started;
  private final LongCounter dropped;

  private ClientMeters(Key key) {
    this.key = key;
    meter =
        key.openTelemetry()
            .meterBuilder("io.respoke.client")
            .setInstrumentationVersion(Respoke.version())
            .build();
    base = Attributes.of(CLIENT, key.client());
    ofPrivate = with(KIND, "private");
    ofGroup = with(KIND, "group");
    ofIncoming = with(DIRECTION, "incoming");
    ofOutgoing = with(DIRECTION, "outgoing");
    downtime =
        histogram("reconnect.downtime", "How long connections that came back were gone", SPELLS);
    latency = histogram("request.duration", "From a request to its end", LATENCIES);
    connected = histogram("call.duration", "How long calls that are over were connected", SPELLS);
    received = counter("message.received", "Messages received", "{message}");
    sent = counter("message.sent", "Messages sent", "{message}");
    started = counter("call.started", "Calls that have begun", "{call}");
    dropped = counter("event.dropped", "Events dropped because listeners were too slow", "{event}");
    observe("connections", "Clients in a state", "{client}", this::observeStates);
    observe(
        "request.pending",
        "Requests that wait for an answer",
        "{request}",
        sum(client -> client.inspect().pendingRequests()));
    observe(
        "event.waiting",
        "Events that wait for listeners",
        "{event}",
        sum(client -> client.inspect().waitingEvents()));
    observe(
        "call.active", "Calls that have not ended", "{call}", sum(client -> client.calls().size()));
  }

  private Attributes with(AttributeKey<String> name, String value) {
    return base.toBuilder().put(name, value).build();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private DoubleHistogram histogram(String name, String description, List<Double> bounds) {
    return meter
        .histogramBuilder("respoke.client." + name)
        .setDescription(description)
        .setUnit("s")
        .setExplicitBucketBoundariesAdvice(bounds)
        .build();
  }

  private LongCounter counter(String name, String description, String unit) {
    return meter
        .counterBuilder("respoke.client." + name)
        .setDescription(description)
        .setUnit(unit)
        .build();
  }

  private void observe(
      String name, String description, String unit, Consumer<ObservableLongMeasurement> values) {
    observations.add(
        meter
            .upDownCounterBuilder("respoke.client." + name)
            .setDescription(description)
            .setUnit(unit)
            .buildWithCallback(values));
  }

  private void observeStates(ObservableLongMeasurement values) {
    for (ConnectionState state : ConnectionState.values()) {
      if (state != ConnectionState.CLOSED) {
        long count = clients.stream().filter(client -> client.state() == state).count();
        values.record(count, with(STATE, word(state)));
      }
    }
  }

  private Consumer<ObservableLongMeasurement> sum(ToIntFunction<Client> value) {
    return values -> values.record(clients.stream().mapToInt(value).sum(), base);
  }

  /** The instruments for a client, which counts from now on. */
  static ClientMeters join(OpenTelemetry openTelemetry, String tag, Client client) {
    synchronized (ALL) {
      ClientMeters meters = ALL.computeIfAbsent(new Key(openTelemetry, tag), ClientMeters::new);
      meters.clients.add(client);
      return meters;
    }
  }

  /** Counts a client no more; after the last one nothing is held of them or of OpenTelemetry. */
  void leave(Client client) {
    synchronized (ALL) {
      clients.remove(client);
      if (clients.isEmpty() && ALL.remove(key, this)) {
        observations.forEach(ClientMeters::close);
      }
    }
  }

  private static void close(AutoCloseable observation) {
    try {
      observation.close();
    } catch (Exception e) {
      throw new IllegalStateException("An observation could not be ended", e);
    }
  }

  private static double seconds(Duration duration) {
    return (double) duration.toNanos() / 1e9;
  }

  void reconnected(Duration gone) {
    downtime.record(seconds(gone), base);
  }

  void requestEnded(String method, String route, Outcome outcome, Duration took) {
    latency.record(
        seconds(took),
        requests.computeIfAbsent(new Request(method, bounded(route), outcome), this::attributes));
  }

  private String bounded(String route) {
    if (routes.contains(route)) {
      return route;
    }
    return routes.size() < ROUTES && routes.add(route) ? route : "other";
  }

  private Attributes attributes(Request request) {
    return base.toBuilder()
        .put(METHOD, request.method())
        .put(ROUTE, request.route())
        .put(OUTCOME, word(request.outcome()))
        .build();
  }

  void messageReceived(boolean inGroup) {
    received.add(1, inGroup ? ofGroup : ofPrivate);
  }

  void messageSent(boolean inGroup) {
    sent.add(1, inGroup ? ofGroup : ofPrivate);
  }

  void callStarted(boolean incoming) {
    started.add(1, incoming ? ofIncoming : ofOutgoing);
  }

  void callEnded(boolean incoming, HangupReason reason, Duration was) {
    Attributes direction = incoming ? ofIncoming : ofOutgoing;
    connected.record(seconds(was), direction.toBuilder().put(REASON, word(reason)).build());
  }

  void eventsDropped(long count) {
    dropped.add(count, base);
  }
}
