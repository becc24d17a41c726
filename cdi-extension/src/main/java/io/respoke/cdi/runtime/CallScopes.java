package io.respoke.cdi.runtime;

import io.respoke.event.CallEnded;
import io.respoke.event.CallEvent;
import io.respoke.event.DirectConnectionClosed;
import io.respoke.event.DirectConnectionEvent;
import io.respoke.event.RespokeEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of the calls that go on; none at all in an application without beans of that scope.
 */
final class CallScopes {
  private static final CallBeans OVER = new CallBeans();

  static {
    OVER.end();
  }

  private final boolean used;
  private final Map<Object, CallBeans> calls = new ConcurrentHashMap<>();
  // As long as somebody holds such a call, an event of it may come.
  private final Set<Object> over = Collections.synchronizedSet(weakSet());

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
      CallBeans beans = calls.computeIfAbsent(call, c -> over.contains(c) ? null : new CallBeans());
      CallContext.run(beans == null ? OVER : beans, task);
    }
  }

  private static Set<Object> weakSet() {
    return Collections.newSetFromMap(new WeakHashMap<>());
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

  /** Ends the scope of the call that has ended, for good: nothing would end another one. */
  void end(RespokeEvent event) {
    Object call = Sources.of(event);
    over.add(call);
    CallBeans beans = calls.remove(call);
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
