package io.respoke.cdi.suite.se;

import io.respoke.cdi.suite.People;
import io.respoke.cdi.suite.PerCall;
import io.respoke.cdi.suite.PerRequest;
import io.respoke.cdi.suite.Probe;
import io.respoke.cdi.suite.ProbeObservers;
import io.respoke.cdi.suite.ProbeSuite;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The suite in a container of Java SE. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SeProbeSuite extends ProbeSuite {
  private @Nullable RespokeService service;
  private @Nullable SeApplication application;

  /** Adjusts the container before it is started. */
  protected SeContainerInitializer host(SeContainerInitializer initializer) {
    return initializer;
  }

  @BeforeAll
  void start() {
    RespokeService started =
        RespokeService.start(ServiceOptions.builder().port(0).noRateLimit().build());
    service = started;
    application =
        SeApplication.start(
            this::host,
            People.properties(started),
            Probe.class,
            ProbeObservers.class,
            PerCall.class,
            PerRequest.class);
  }

  @AfterAll
  void stop() {
    if (application != null) {
      application.close();
    }
    if (service != null) {
      service.close();
    }
  }

  @Override
  protected Probe probe() {
    return Objects.requireNonNull(application).get(Probe.class);
  }

  @Override
  protected People meet() {
    return new People(Objects.requireNonNull(service));
  }
}
