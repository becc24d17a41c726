package consumer;

import io.respoke.RoleRef;
import io.respoke.broker.TokenDecision;
import io.respoke.broker.TokenPolicy;
import io.respoke.broker.TokenQuery;
import io.respoke.broker.TokenResource;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.Map;

/** A policy can be written and tried without a container. */
class Main {
  public static void main(String[] args) {
    TokenPolicy policy = TokenPolicy.ownName(RoleRef.name("member"), Duration.ofHours(8));
    for (String wanted : new String[] {"kirk", "spock"}) {
      TokenQuery query =
          new TokenQuery(() -> "kirk", role -> false, Map.of("endpointId", wanted));
      boolean granted = policy.decide(query) instanceof TokenDecision.Granted;
      if (granted != wanted.equals("kirk")) {
        throw new AssertionError(wanted);
      }
    }
    String path = TokenResource.class.getAnnotation(Path.class).value();
    if (!path.equals("/api/tokens")) {
      throw new AssertionError(path);
    }
    Module module = TokenPolicy.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
