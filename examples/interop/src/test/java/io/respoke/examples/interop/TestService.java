package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.service.AppOptions;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.util.function.UnaryOperator;

/** A service with one app in development mode, which can be restarted where it is. */
final class TestService implements AutoCloseable {
  static final String ADMIN = "root";
  static final String PASSWORD = "interop";

  private final UnaryOperator<ServiceOptions.Builder> extra;
  private RespokeService service;

  private TestService(UnaryOperator<ServiceOptions.Builder> extra) {
    this.extra = extra;
    this.service = RespokeService.start(options(AppOptions.builder(), 0));
  }

  static TestService start(UnaryOperator<ServiceOptions.Builder> extra) {
    return new TestService(extra);
  }

  private ServiceOptions options(AppOptions.Builder app, int port) {
    return extra
        .apply(ServiceOptions.builder().port(port).app(app.build()).adminUser(ADMIN, PASSWORD))
        .build();
  }

  String url() {
    return service.baseUrl().toString();
  }

  int port() {
    return service.port();
  }

  String appId() {
    return service.app().id();
  }

  String appSecret() {
    return service.app().secret();
  }

  String defaultRoleId() {
    return service.app().defaultRoleId();
  }

  /** Cuts the connections of an endpoint, which must have one, without a goodbye. */
  void drop(String endpointId) {
    assertEquals(1, service.hooks().dropConnections(endpointId), "connections of " + endpointId);
  }

  /** Stops and starts at the same port: the app is the same, all else is forgotten. */
  void restart() {
    ServiceOptions same =
        options(
            AppOptions.builder().id(service.app().id()).secret(service.app().secret()),
            service.port());
    service.close();
    service = RespokeService.start(same);
  }

  @Override
  public void close() {
    service.close();
  }
}
