package io.respoke.cdi.runtime;

import io.respoke.event.CallEnded;
import io.respoke.event.CallEvent;
import io.respoke.event.DirectConnectionClosed;
import io.respoke.event.DirectConnectionEvent;
import io.respoke.event.RespokeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of the calls that go on; none at all in an application without beans of that scope.
 */
final class CallScopes {
  private final boolean used;
  private final Map<Object, CallBeans> calls = new ConcurrentHashMap<>();

  CallScopes(boolean used) {
    this.used = used;
  }

  /** What must be heard of besides what observers want, so that scopes end. */
  Set<Class<? extends RespokeEvent>> ends(Set<Class<? extends RespokeEvent>> wanted) {
    boolean calls = used && wanted.stream().anyMatch(CallEvent.class::isAssignableFrom);
    boolean direct =
        used && wanted.stream().anyMatch(DirectConnectionEvent.class::isAssignableFrom);
    if (calls) {
      return direct
          ? Set.of(CallEnded.class, DirectConnectionClosed.class)
          : Set.of(CallEnded.class);
    }
    return direct ? Set.of(DirectConnectionClosed.class) : Set.of();
  }

  /** Runs what is to be done for an event, in the scope of its call if it has one. */
  void run(RespokeEvent event, Runnable task) {
    Object call = used ? callOf(event) : null;
    if (call == null) {
      task.run();
    } else {
      CallContext.run(calls.computeIfAbsent(call, c -> new CallBeans()), task);
    }
  }

  private static @Nullable Object callOf(RespokeEvent event) {
    return event instanceof CallEvent || event instanceof DirectConnectionEvent
        ? Sources.of(event)
        : null;
  }

  /** Whether a scope ends with this event. */
  boolean isEnd(RespokeEvent event) {
    return used && (event instanceof CallEnded || event instanceof DirectConnectionClosed);
  }

  /** Ends the scope of the call that has ended. */
  void end(RespokeEvent event) {
    CallBeans beans = calls.remove(Sources.of(event));
    if (beans != null) {
      beans.end();
    }
  }

  /** Ends those whose calls have not. */
  void close() {
    List<CallBeans> left = new ArrayList<>(calls.values());
    calls.clear();
    left.forEach(CallBeans::end);
  }
}
