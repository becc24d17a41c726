package io.respoke.service.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.respoke.service.RespokeService;
import io.respoke.service.ServiceApp;
import io.respoke.service.ServiceHooks;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class RespokeServiceExtensionTest {
  private static final List<URI> SEEN = new ArrayList<>();

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  private static void run(Class<?> tests, int expected) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
            summary);
    assertEquals(List.of(), summary.getSummary().getFailures());
    assertEquals(expected, summary.getSummary().getTestsSucceededCount());
  }

  private static int tokens(ServiceApp app, URI baseUrl) throws IOException {
    HttpURLConnection http =
        (HttpURLConnection) baseUrl.resolve("/v1/tokens").toURL().openConnection();
    http.setRequestMethod("POST");
    http.setDoOutput(true);
    http.getOutputStream().write(("appId=" + app.id() + "&endpointId=joe").getBytes());
    return http.getResponseCode();
  }

  private static void assertStopped(URI baseUrl) {
    assertThrows(IOException.class, () -> new Socket(baseUrl.getHost(), baseUrl.getPort()).close());
  }

  @Test
  void oneServiceServesAllTestsOfAClassAndStopsAfterThem() {
    run(Shared.class, 2);
    assertEquals(3, SEEN.size());
    assertEquals(1, SEEN.stream().distinct().count());
    assertStopped(SEEN.get(0));
    assertThrows(IllegalStateException.class, Shared.RESPOKE::service);
  }

  static class Shared {
    @RegisterExtension
    static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

    @BeforeAll
    static void prepare(RespokeService service) {
      SEEN.add(service.baseUrl());
    }

    @Test
    void orders_a_failure(RespokeService service, ServiceHooks hooks, ServiceApp app)
        throws IOException {
      assertSame(service, RESPOKE.service());
      misbehave(service, hooks, app);
    }

    @Test
    void orders_a_failure_too(RespokeService service, ServiceHooks hooks, ServiceApp app)
        throws IOException {
      misbehave(service, hooks, app);
    }

    private static void misbehave(RespokeService service, ServiceHooks hooks, ServiceApp app)
        throws IOException {
      SEEN.add(service.baseUrl());
      assertEquals(200, tokens(app, service.baseUrl()));
      hooks.refuseRoute("post", "/v1/tokens", 503, null, 100);
      assertEquals(503, tokens(app, service.baseUrl()));
    }
  }

  @Test
  void everyTestCanHaveItsOwn() {
    run(Fresh.class, 2);
    assertEquals(2, SEEN.size());
    assertNotEquals(SEEN.get(0), SEEN.get(1));
    SEEN.forEach(RespokeServiceExtensionTest::assertStopped);
  }

  @ExtendWith(RespokeServiceExtension.class)
  static class Fresh {
    @Test
    void one(RespokeService service) {
      SEEN.add(service.baseUrl());
    }

    @Test
    void two(RespokeService service) {
      SEEN.add(service.baseUrl());
    }
  }
}
