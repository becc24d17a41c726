package io.respoke.cdi.runtime;

import io.respoke.cdi.CallScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/**
 * What the container asks for beans of the call whose event the current thread delivers. Containers
 * make one by themselves, so all that an instance needs is on the thread.
 */
public class CallContext implements AlterableContext {
  private static final ThreadLocal<@Nullable CallBeans> CURRENT = new ThreadLocal<>();

  /** For containers. */
  public CallContext() {}

  /** Runs a task in the scope of a call. */
  static void run(CallBeans call, Runnable task) {
    CallBeans before = CURRENT.get();
    CURRENT.set(call);
    try {
      task.run();
    } finally {
      if (before == null) {
        CURRENT.remove(); // a thread of a pool must not keep a class loader
      } else {
        CURRENT.set(before);
      }
    }
  }

  private static CallBeans current() {
    CallBeans call = CURRENT.get();
    if (call == null || !call.isActive()) {
      throw new ContextNotActiveException(
          "@CallScoped beans can be used in observers of a call's events only, until it is over");
    }
    return call;
  }

  @Override
  public Class<? extends Annotation> getScope() {
    return CallScoped.class;
  }

  @Override
  public <T> T get(Contextual<T> contextual, CreationalContext<T> creational) {
    return current().get(contextual, creational);
  }

  @Override
  @SuppressWarnings("NullAway") // the container's contract: null when there is none
  public <T> @Nullable T get(Contextual<T> contextual) {
    return current().get(contextual);
  }

  @Override
  public void destroy(Contextual<?> contextual) {
    current().destroy(contextual);
  }

  @Override
  public boolean isActive() {
    CallBeans call = CURRENT.get();
    return call != null && call.isActive();
  }
}
