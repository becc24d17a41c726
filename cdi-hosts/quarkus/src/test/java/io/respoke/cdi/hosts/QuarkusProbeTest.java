package io.respoke.cdi.hosts;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.respoke.cdi.suite.People;
import io.respoke.cdi.suite.Probe;
import io.respoke.cdi.suite.ProbeSuite;
import io.respoke.service.RespokeService;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(RunningService.class)
class QuarkusProbeTest extends ProbeSuite {
  @Inject Probe probe;

  RespokeService service;

  @Override
  protected Probe probe() {
    return probe;
  }

  @Override
  protected People meet() {
    return new People(service);
  }
}
