package io.respoke.cdi.hosts;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.respoke.cdi.suite.People;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.util.Map;

/** A service that runs while the tests do. */
public final class RunningService implements QuarkusTestResourceLifecycleManager {
  private RespokeService service;

  @Override
  public Map<String, String> start() {
    service = RespokeService.start(ServiceOptions.builder().port(0).noRateLimit().build());
    return People.properties(service);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        service, field -> RespokeService.class.isAssignableFrom(field.getType()));
  }

  @Override
  public void stop() {
    service.close();
  }
}
