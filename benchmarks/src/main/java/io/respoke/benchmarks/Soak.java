package io.respoke.benchmarks;

import io.respoke.AppSecretTokens;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectionState;
import io.respoke.MessageOptions;
import io.respoke.ReconnectPolicy;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.Tokens;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.Reconnected;
import io.respoke.event.RestoreReport.Gap.Kind;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Clients that publish persisted messages to one group while their connections are cut at random.
 * Every message the service has confirmed must reach every other client exactly once, live or from
 * the history: nothing lost, nothing twice, no gap reported.
 */
final class Soak {
  private static final int CLIENTS = 8;
  private static final Duration BETWEEN_DROPS = Duration.ofMillis(150);
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RespokeService service;
  private final Random random;
  private final List<Client> clients = new ArrayList<>();
  private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<String>> received = new ConcurrentHashMap<>();
  private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong reconnects = new AtomicLong();
  private final AtomicLong backfilled = new AtomicLong();
  private final AtomicLong underWay = new AtomicLong();

  private Soak(RespokeService service, long seed) {
    this.service = service;
    random = new Random(seed);
  }

  /**
   * Runs and reports.
   *
   * @throws IllegalStateException if a message was lost or came twice, with what and where
   */
  static String run(Duration length, long seed) {
    try (RespokeService service =
        RespokeService.start(ServiceOptions.builder().noRateLimit().build())) {
      Soak soak = new Soak(service, seed);
      try {
        soak.connect();
        int drops = soak.disturb(length);
        soak.settle();
        return String.format(
            Locale.ROOT,
            "soak: %d s, seed %d, %d clients, %d drops, %d reconnects, %d messages confirmed,"
                + " each delivered once to %d others, %d of the deliveries from history",
            length.toSeconds(),
            seed,
            CLIENTS,
            drops,
            soak.reconnects.get(),
            soak.confirmed.size(),
            CLIENTS - 1,
            soak.backfilled.get());
      } finally {
        soak.clients.forEach(Client::close);
      }
    }
  }

  private void connect() {
    for (int i = 0; i < CLIENTS; i++) {
      String id = "c" + i;
      Set<String> seen = ConcurrentHashMap.newKeySet();
      received.put(id, seen);
      Client client =
          Respoke.connect(
                  ClientOptions.builder()
                      .baseUrl(service.baseUrl())
                      .appId(service.app().id())
                      .endpointId(id)
                      .tokenProvider(
                          Tokens.appSecret(
                              AppSecretTokens.of(service.app().secret(), RoleRef.appDefault())))
                      .reconnectPolicy(
                          ReconnectPolicy.defaults()
                              .withDelays(Duration.ofMillis(50), Duration.ofMillis(500)))
                      .backfillLimit(1000)
                      .on(GroupMessageReceived.class, e -> received(id, seen, e))
                      .onReconnect(e -> reconnected(id, e))
                      .build())
              .toCompletableFuture()
              .join();
      client.join("soak").toCompletableFuture().join();
      clients.add(client);
    }
  }

  private void received(String id, Set<String> seen, GroupMessageReceived event) {
    String text = event.message().text();
    if (event.message().isBackfilled()) {
      backfilled.incrementAndGet();
    }
    if (!seen.add(text)) {
      faults.add(id + " got " + text + " twice");
    }
  }

  private void reconnected(String id, Reconnected event) {
    reconnects.incrementAndGet();
    event.restored().gaps().stream()
        .filter(gap -> gap.kind() == Kind.PERSISTED_GROUP_MESSAGES)
        .forEach(gap -> faults.add(id + " has a gap: " + gap.reason()));
  }

  private int disturb(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    long nextDrop = System.nanoTime();
    int drops = 0;
    int number = 0;
    while (System.nanoTime() < end) {
      Client publisher = clients.get(random.nextInt(CLIENTS));
      publish(publisher, "m" + number++);
      if (System.nanoTime() >= nextDrop) {
        drops += service.hooks().dropConnections("c" + random.nextInt(CLIENTS));
        nextDrop = System.nanoTime() + BETWEEN_DROPS.toNanos();
      }
      LockSupport.parkNanos(BETWEEN_MESSAGES.toNanos());
    }
    return drops;
  }

  private void publish(Client publisher, String text) {
    underWay.incrementAndGet();
    // A message whose publisher is cut off meanwhile may or may not be taken: it does not count.
    received.get(publisher.endpointId().orElseThrow()).add(text);
    publisher
        .group("soak")
        .sendMessage(text, MessageOptions.defaults().withPersist(true))
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                confirmed.add(text);
              }
              underWay.decrementAndGet();
            });
  }

  private void settle() {
    await(
        "all clients are connected and all requests answered",
        () ->
            underWay.get() == 0
                && clients.stream().allMatch(c -> c.state() == ConnectionState.CONNECTED));
    await(
        "every confirmed message has reached everybody",
        () -> received.values().stream().allMatch(seen -> seen.containsAll(confirmed)));
    if (!faults.isEmpty()) {
      throw new IllegalStateException(faults.size() + " faults: " + faults.get(0));
    }
  }

  private void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "Not so after " + PATIENCE.toSeconds() + " s: " + what + missing());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private String missing() {
    StringBuilder out = new StringBuilder();
    received.forEach(
        (id, seen) -> {
          List<String> lost = confirmed.stream().filter(text -> !seen.contains(text)).toList();
          if (!lost.isEmpty()) {
            out.append("; ").append(id).append(" lacks ").append(lost.size()).append(", e.g. ");
            out.append(lost.get(0));
          }
        });
    clients.forEach(client -> out.append("; ").append(client.inspect()));
    return out.toString();
  }
}
