package io.respoke.cdi.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.respoke.Call;
import io.respoke.Client;
import io.respoke.HangupReason;
import io.respoke.event.CallAnswered;
import io.respoke.event.CallEnded;
import io.respoke.event.RespokeEvent;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallScopesTest {
  private static final CreationalContext<String> CREATIONAL =
      new CreationalContext<>() {
        @Override
        public void push(String incomplete) {}

        @Override
        public void release() {}
      };

  private final List<String> made = new ArrayList<>();
  private final List<String> destroyed = new ArrayList<>();
  private final CallScopes scopes = new CallScopes(true);
  private final CallContext context = new CallContext();
  private final Client client = nothingButItself(Client.class);

  private final Contextual<String> bean =
      new Contextual<>() {
        @Override
        public String create(CreationalContext<String> creational) {
          made.add("bean " + (made.size() + 1));
          return made.get(made.size() - 1);
        }

        @Override
        public void destroy(String instance, CreationalContext<String> creational) {
          destroyed.add(instance);
        }
      };

  /** An object of which only the identity is asked for. */
  private static <T> T nothingButItself(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "equals" -> proxy == args[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> throw new UnsupportedOperationException(method.getName());
                }));
  }

  private CallEnded ended(Call call) {
    return new CallEnded(
        client, call, HangupReason.LOCAL_HANGUP, Optional.empty(), Optional.empty());
  }

  private List<String> beansIn(RespokeEvent event) {
    List<String> seen = new ArrayList<>();
    scopes.run(event, () -> seen.add(context.get(bean, CREATIONAL)));
    return seen;
  }

  @Test
  void theEventsOfACallShareABeanUntilItsEnd() {
    Call call = nothingButItself(Call.class);
    assertEquals(List.of("bean 1"), beansIn(new CallAnswered(client, call)));
    assertEquals(List.of("bean 1"), beansIn(ended(call)));
    assertEquals(
        List.of("bean 2"), beansIn(new CallAnswered(client, nothingButItself(Call.class))));

    scopes.end(ended(call));

    assertEquals(List.of("bean 1"), destroyed);
  }

  @Test
  void anEventThatComesAfterTheEndFindsNoScopeAndMakesNone() {
    Call call = nothingButItself(Call.class);
    assertEquals(List.of("bean 1"), beansIn(ended(call)));
    scopes.end(ended(call));

    assertThrows(ContextNotActiveException.class, () -> beansIn(new CallAnswered(client, call)));

    scopes.close();
    assertEquals(List.of("bean 1"), made);
    assertEquals(made, destroyed);
  }

  @Test
  void aCallThatEndedBeforeAnyBeanWasMadeHasNoScopeEither() {
    Call call = nothingButItself(Call.class);
    scopes.end(ended(call));

    assertThrows(ContextNotActiveException.class, () -> beansIn(new CallAnswered(client, call)));

    assertEquals(List.of(), made);
  }
}
