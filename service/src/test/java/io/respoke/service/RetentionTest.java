package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.protocol.Json;
import io.respoke.service.storage.Storage;
import jakarta.json.JsonValue;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How old and how many messages an app keeps. */
class RetentionTest {
  private final ManualServiceClock clock = new ManualServiceClock();

  private RespokeService start(AppOptions.Builder app) {
    return RespokeService.start(
        ServiceOptions.builder().app(app.build()).noRateLimit().clock(clock).build());
  }

  private static void publish(RespokeService service, String group, int from, int to) {
    for (int i = from; i <= to; i++) {
      assertEquals(
          200,
          RawClient.post(
                  service,
                  "/v1/groups/" + group + "/publish",
                  Json.object().add("message", Integer.toString(i)).add("persist", true).build(),
                  "App-Secret",
                  service.app().secret())
              .statusCode());
    }
  }

  private static List<String> history(RespokeService service, String group) {
    List<String> found = new ArrayList<>();
    for (JsonValue entry :
        Json.parseArray(
            RawClient.get(
                    service.baseUrl(),
                    "/v1/groups/" + group + "/history",
                    "App-Secret",
                    service.app().secret())
                .body())) {
      found.add(entry.asJsonObject().getString("message"));
    }
    return found;
  }

  @Test
  void theNewestOfEachGroupAreKept() {
    try (RespokeService service = start(AppOptions.builder().historyPerGroup(2))) {
      publish(service, "busy", 1, 5);
      publish(service, "quiet", 1, 1);
      clock.advance(Duration.ofMinutes(11));
      assertEquals(List.of("5", "4"), history(service, "busy"));
      assertEquals(List.of("1"), history(service, "quiet"));
    }
  }

  @Test
  void whatIsTooOldIsDropped() {
    try (RespokeService service = start(AppOptions.builder().historyMaxAge(Duration.ofHours(1)))) {
      publish(service, "room", 1, 2);
      clock.advance(Duration.ofMinutes(50));
      publish(service, "room", 3, 3);
      clock.advance(Duration.ofMinutes(25));
      assertEquals(List.of("3"), history(service, "room"));
    }
  }

  @Test
  void housekeepingGoesOnWhenTheStorageThrows() {
    Storage kept = Storage.inMemory(100, 100);
    AtomicInteger trims = new AtomicInteger();
    Storage failing =
        (Storage)
            Proxy.newProxyInstance(
                Storage.class.getClassLoader(),
                new Class<?>[] {Storage.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("trim") && trims.incrementAndGet() <= 2) {
                    throw new IllegalStateException("no trim today");
                  }
                  return method.invoke(kept, arguments);
                });
    try (RespokeService service =
        RespokeService.start(
            ServiceOptions.builder()
                .app(AppOptions.builder().historyPerGroup(2).build())
                .storage(failing)
                .clock(clock)
                .build())) {
      publish(service, "room", 1, 5);
      clock.advance(Duration.ofMinutes(11));
      assertEquals(2, trims.get());
      assertEquals(List.of("5", "4", "3", "2", "1"), history(service, "room"));
      clock.advance(Duration.ofMinutes(10));
      assertEquals(List.of("5", "4"), history(service, "room"));
    }
  }

  @Test
  void withoutALimitNothingIsDropped() {
    try (RespokeService service = start(AppOptions.builder())) {
      publish(service, "room", 1, 3);
      clock.advance(Duration.ofHours(2));
      assertEquals(List.of("3", "2", "1"), history(service, "room"));
    }
  }
}
