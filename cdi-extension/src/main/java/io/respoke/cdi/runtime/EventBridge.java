package io.respoke.cdi.runtime;

import io.respoke.Client;
import io.respoke.cdi.model.ApplicationModel;
import io.respoke.event.ErrorOccurred;
import io.respoke.event.RespokeEvent;
import jakarta.enterprise.event.ObserverException;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Brings the events of one client to the observers of the application. It listens to the records
 * that some observer wants and to no others, so the engine does not even queue those.
 *
 * <p>The observers are called one by one instead of through {@code Event.fire}, because that stops
 * at the first one that throws.
 */
final class EventBridge {
  private static final Logger LOG = System.getLogger(EventBridge.class.getName());

  private final String name;
  private final Observers observers;
  private final RequestContexts requestContexts;
  private final CallScopes callScopes;
  private final AsyncLanes lanes;

  EventBridge(
      String name,
      Observers observers,
      RequestContexts requestContexts,
      CallScopes callScopes,
      AsyncLanes lanes) {
    this.name = name;
    this.observers = observers;
    this.requestContexts = requestContexts;
    this.callScopes = callScopes;
    this.lanes = lanes;
  }

  /** Listens to what the application wants of this client. */
  void listen(Client client, ApplicationModel model) {
    Set<Class<? extends RespokeEvent>> types = new LinkedHashSet<>(model.wanted(name));
    types.addAll(callScopes.ends(types));
    for (Class<? extends RespokeEvent> type : types) {
      client.listen(type, this::publish);
    }
  }

  private void publish(RespokeEvent event) {
    try {
      tellAll(event);
    } finally {
      if (callScopes.isEnd(event)
          && !lanes.addLast(Sources.of(event), () -> callScopes.end(event))) {
        callScopes.end(event);
      }
    }
  }

  private void tellAll(RespokeEvent event) {
    Observers.Found found = observers.of(event);
    Notification notification = new Notification(event, found.qualifiers());
    if (!found.async().isEmpty()) {
      publishAsync(notification, found.async());
    }
    if (!found.inOrder().isEmpty()) {
      Throwable failure = tell(notification, found.inOrder());
      if (failure != null) {
        throw unchecked(failure); // the client reports it as an event, as for every listener
      }
    }
  }

  private void publishAsync(
      Notification notification, List<ObserverMethod<? super RespokeEvent>> async) {
    RespokeEvent event = notification.event();
    try {
      boolean taken =
          lanes.add(
              Sources.of(event),
              () -> {
                Throwable failure = tell(notification, async);
                if (failure != null) {
                  report(event, failure);
                }
              });
      if (!taken) {
        report(
            event,
            new IllegalStateException(
                "Asynchronous observers are too slow: the limit of events that wait is reached, and "
                    + event.getClass().getSimpleName()
                    + " was dropped for them"));
      }
    } catch (RejectedExecutionException e) {
      LOG.log(
          Level.DEBUG, "The container stops; {0} has no asynchronous observers any more", event);
    }
  }

  /** Failures of asynchronous observers: nobody waits for them, so observers are told. */
  private void report(RespokeEvent event, Throwable failure) {
    boolean aboutAnObserver =
        event instanceof ErrorOccurred error && error.origin() == ErrorOccurred.Origin.LISTENER;
    ErrorOccurred error = new ErrorOccurred(event.client(), ErrorOccurred.Origin.LISTENER, failure);
    Observers.Found found = aboutAnObserver ? null : observers.of(error);
    if (found == null || (found.inOrder().isEmpty() && found.async().isEmpty())) {
      LOG.log(
          Level.WARNING,
          "An asynchronous observer of " + event.getClass().getSimpleName() + " failed",
          failure);
      return;
    }
    List<ObserverMethod<? super RespokeEvent>> all = new ArrayList<>(found.inOrder());
    all.addAll(found.async());
    Throwable again = tell(new Notification(error, found.qualifiers()), all);
    if (again != null) {
      LOG.log(Level.WARNING, "An observer of ErrorOccurred failed", again);
    }
  }

  /** Calls all of them, and gives back what they threw: the first, with the others suppressed. */
  private @Nullable Throwable tell(
      Notification notification, List<ObserverMethod<? super RespokeEvent>> all) {
    List<Throwable> failures = new ArrayList<>(0);
    Runnable each =
        () -> {
          for (ObserverMethod<? super RespokeEvent> observer : all) {
            try {
              notify(observer, notification);
            } catch (Throwable e) { // an observer may throw anything, and the next one has its turn
              failures.add(thrown(e));
            }
          }
        };
    requestContexts.run(() -> callScopes.run(notification.event(), each));
    if (failures.isEmpty()) {
      return null;
    }
    Throwable first = failures.get(0);
    for (Throwable other : failures.subList(1, failures.size())) {
      if (other != first) {
        first.addSuppressed(other);
      }
    }
    return first;
  }

  @SuppressWarnings("unchecked") // an observer of a supertype of the event may be told of it
  private static void notify(ObserverMethod<?> observer, Notification notification) {
    ((ObserverMethod<RespokeEvent>) observer).notify(notification);
  }

  /** What the observer threw, without what containers put around it. */
  private static Throwable thrown(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapped =
        failure instanceof ObserverException
            || failure
                .getClass()
                .getName()
                .equals("org.apache.webbeans.exception.WebBeansException");
    return wrapped && cause != null ? cause : failure;
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException e ? e : new ObserverException(failure);
  }
}
