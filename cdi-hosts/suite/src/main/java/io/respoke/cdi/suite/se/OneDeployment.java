package io.respoke.cdi.suite.se;

import io.respoke.Call;
import io.respoke.CallOptions;
import io.respoke.cdi.suite.FixedMedia;
import io.respoke.cdi.suite.People;
import io.respoke.cdi.suite.PerCall;
import io.respoke.cdi.suite.PerRequest;
import io.respoke.cdi.suite.Probe;
import io.respoke.cdi.suite.ProbeObservers;
import java.util.Map;

/** An application that is deployed, talks and is undeployed, in whatever class loader it is in. */
public final class OneDeployment {
  private OneDeployment() {}

  /** From its beginning to its end; for calls by reflection. */
  public static void run(Map<String, String> properties) throws Exception {
    try (SeApplication application =
        SeApplication.start(
            // The hook that Weld has for the end of the JVM would outlive its container.
            host -> host.addProperty("org.jboss.weld.se.shutdownHook", false),
            properties,
            Probe.class,
            ProbeObservers.class,
            PerCall.class,
            PerRequest.class)) {
      Probe probe = application.get(Probe.class);
      People.await(probe.sales().connect());
      People.await(probe.client().connect());
      People.await(probe.sales().sendMessage("probe", "hello"));
      Call call =
          probe
              .sales()
              .startAudioCall(
                  "probe", CallOptions.builder().externalMedia(new FixedMedia()).build());
      probe.next("call " + call.id()); // and nobody ends it
      for (String observer : new String[] {"message", "async"}) {
        if (!probe.next(observer).equals("hello")) {
          throw new IllegalStateException(observer + " heard something else");
        }
      }
    }
  }
}
