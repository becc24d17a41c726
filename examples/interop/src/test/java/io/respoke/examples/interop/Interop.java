package io.respoke.examples.interop;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ReconnectPolicy;
import io.respoke.Respoke;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.examples.interop.driver.NodeAdmin;
import io.respoke.examples.interop.driver.RealClients;
import io.respoke.service.ServiceOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A service for each test, and the clients of all kinds that the test connects to it. */
final class Interop implements BeforeEachCallback, AfterEachCallback {
  private final RealClients real = new RealClients();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final UnaryOperator<ServiceOptions.Builder> extra;
  private TestService service;

  Interop() {
    this(options -> options);
  }

  /** With a service that has these options beside its usual ones. */
  Interop(UnaryOperator<ServiceOptions.Builder> extra) {
    this.extra = extra;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    real.beforeEach(context);
    service = TestService.start(extra);
  }

  TestService service() {
    return service;
  }

  /** A tab in which nobody is connected yet. */
  BrowserPage page(String name) {
    return real.page(name);
  }

  /** A tab at somebody else's page. */
  BrowserPage pageAt(String url, String name) {
    return real.page(name, url);
  }

  /** A tab connected in development mode, which in respoke.js implies that it reconnects. */
  BrowserPage connectedPage(String name, String endpointId) {
    return connectedPage(name, endpointId, service.url());
  }

  /** As {@link #connectedPage(String, String)}, with the service reached at {@code url}. */
  BrowserPage connectedPage(String name, String endpointId, String url) {
    BrowserPage page = page(name);
    page.call(
        "createClient",
        "baseURL",
        url,
        "appId",
        service.appId(),
        "endpointId",
        endpointId,
        "developmentMode",
        true,
        "presence",
        "available");
    page.call("connect");
    page.await("connect");
    return page;
  }

  /** A Java client that is not connected yet, with development mode as the token source. */
  JavaClient java(String endpointId) {
    return java(endpointId, options -> options.developmentMode(true).endpointId(endpointId));
  }

  /** A Java client that is not connected yet. */
  JavaClient java(String name, UnaryOperator<ClientOptions.Builder> options) {
    return closing(
        new JavaClient(name, Respoke.createClient(options.apply(options()).build()), real.trace()));
  }

  /** As {@link #java(String)}, but nobody listens to its events or keeps them. */
  Client client(String endpointId) {
    return closing(
        Respoke.createClient(options().developmentMode(true).endpointId(endpointId).build()));
  }

  private ClientOptions.Builder options() {
    return ClientOptions.builder()
        .baseUrl(service.url())
        .appId(service.appId())
        .presence("available")
        .reconnectPolicy(
            ReconnectPolicy.defaults().withDelays(Duration.ofMillis(200), Duration.ofSeconds(2)));
  }

  /** Lets pages of this test fail with {@code message}, which is a known defect of respoke.js. */
  void tolerate(String message) {
    real.tolerate(message);
  }

  /** Forgets what was said so far, which would be written down if the test failed. */
  void forgetTrace() {
    real.trace().clear();
  }

  /** This library's administration of the test's app, with the app's secret. */
  Admin broker() {
    return Respoke.admin(
        AdminOptions.builder()
            .baseUrl(service.url())
            .appId(service.appId())
            .appSecret(service.appSecret())
            .build());
  }

  /** A respoke-admin instance for the test's app; more constructor options may follow. */
  NodeAdmin admin(String name, Object... options) {
    return adminAt(service.url(), name, options);
  }

  /** As {@link #admin(String, Object...)}, with the service reached at {@code url}. */
  NodeAdmin adminAt(String url, String name, Object... options) {
    List<Object> all = new ArrayList<>(List.of("baseURL", url + "/v1", "appId", service.appId()));
    all.addAll(List.of(options));
    return real.admin(name, all.toArray());
  }

  /** Closes {@code resource} after the test. */
  <T extends AutoCloseable> T closing(T resource) {
    opened.add(resource);
    return resource;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    try {
      real.afterEach(context);
    } finally {
      for (AutoCloseable resource : opened) {
        resource.close();
      }
      opened.clear();
      service.close();
    }
  }
}
