package io.respoke.cdi.runtime;

import io.respoke.event.RespokeEvent;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event on its way to observers. */
record Notification(RespokeEvent event, Set<Annotation> qualifiers)
    implements EventContext<RespokeEvent>, EventMetadata {
  @Override
  public RespokeEvent getEvent() {
    return event;
  }

  @Override
  public EventMetadata getMetadata() {
    return this;
  }

  @Override
  public Set<Annotation> getQualifiers() {
    return qualifiers;
  }

  @Override
  @SuppressWarnings("NullAway") // the container's contract: null for an event that nobody injected
  public @Nullable InjectionPoint getInjectionPoint() {
    return null;
  }

  @Override
  public Type getType() {
    return event.getClass();
  }
}
