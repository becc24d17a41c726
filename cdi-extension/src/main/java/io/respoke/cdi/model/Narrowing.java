package io.respoke.cdi.model;

import io.respoke.Endpoint;
import io.respoke.cdi.FromEndpoint;
import io.respoke.cdi.InGroup;
import io.respoke.cdi.OnCall;
import io.respoke.event.CallEvent;
import io.respoke.event.DirectConnectionEvent;
import io.respoke.event.GroupJoined;
import io.respoke.event.GroupLeft;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MemberJoined;
import io.respoke.event.MemberLeft;
import io.respoke.event.MessageEvent;
import io.respoke.event.PresenceChanged;
import io.respoke.event.RespokeEvent;
import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.Set;

/**
 * A qualifier by value that an observer names.
 *
 * @param kind which qualifier
 * @param value its value
 */
public record Narrowing(Kind kind, String value) {
  private static final Set<Class<?>> OF_GROUPS =
      Set.of(
          GroupMessageReceived.class,
          GroupJoined.class,
          GroupLeft.class,
          MemberJoined.class,
          MemberLeft.class);

  /** The qualifiers there are. */
  public enum Kind {
    /** {@link FromEndpoint}. */
    ENDPOINT(FromEndpoint.class),
    /** {@link InGroup}. */
    GROUP(InGroup.class),
    /** {@link OnCall}. */
    CALL(OnCall.class);

    private final Class<? extends Annotation> qualifier;

    Kind(Class<? extends Annotation> qualifier) {
      this.qualifier = qualifier;
    }

    /** The qualifier's type. */
    public Class<? extends Annotation> qualifier() {
      return qualifier;
    }
  }

  /** Whether records of this type can have such a qualifier. */
  public static boolean fits(Kind kind, Class<? extends RespokeEvent> type) {
    return switch (kind) {
      case ENDPOINT ->
          MessageEvent.class.isAssignableFrom(type)
              || type == PresenceChanged.class
              || type == MemberJoined.class
              || type == MemberLeft.class
              || isSession(type);
      case GROUP -> OF_GROUPS.contains(type);
      case CALL -> isSession(type);
    };
  }

  private static boolean isSession(Class<?> type) {
    return CallEvent.class.isAssignableFrom(type)
        || DirectConnectionEvent.class.isAssignableFrom(type);
  }

  /** The value that an event has for a kind. */
  public static Optional<String> valueOf(Kind kind, RespokeEvent event) {
    return switch (kind) {
      case ENDPOINT -> endpointOf(event);
      case GROUP -> groupOf(event);
      case CALL -> directionOf(event);
    };
  }

  private static Optional<String> endpointOf(RespokeEvent event) {
    if (event instanceof MessageEvent e) {
      return Optional.of(e.message().from());
    } else if (event instanceof PresenceChanged e) {
      return Optional.of(e.endpoint().id());
    } else if (event instanceof MemberJoined e) {
      return Optional.of(e.connection().endpoint().id());
    } else if (event instanceof MemberLeft e) {
      return Optional.of(e.connection().endpoint().id());
    } else if (event instanceof CallEvent e) {
      return e.call().endpoint().map(Endpoint::id);
    } else if (event instanceof DirectConnectionEvent e) {
      return Optional.of(e.directConnection().endpoint().id());
    }
    return Optional.empty();
  }

  private static Optional<String> groupOf(RespokeEvent event) {
    if (event instanceof GroupMessageReceived e) {
      return Optional.of(e.group().id());
    } else if (event instanceof GroupJoined e) {
      return Optional.of(e.group().id());
    } else if (event instanceof GroupLeft e) {
      return Optional.of(e.group().id());
    } else if (event instanceof MemberJoined e) {
      return Optional.of(e.group().id());
    } else if (event instanceof MemberLeft e) {
      return Optional.of(e.group().id());
    }
    return Optional.empty();
  }

  private static Optional<String> directionOf(RespokeEvent event) {
    if (event instanceof CallEvent e) {
      return Optional.of(direction(e.call().isOutgoing()));
    } else if (event instanceof DirectConnectionEvent e) {
      return Optional.of(direction(e.directConnection().isOutgoing()));
    }
    return Optional.empty();
  }

  private static String direction(boolean outgoing) {
    return (outgoing ? OnCall.Direction.OUTGOING : OnCall.Direction.INCOMING).name();
  }

  /** The qualifier as an object. */
  public Annotation literal() {
    return switch (kind) {
      case ENDPOINT -> FromEndpoint.Literal.of(value);
      case GROUP -> InGroup.Literal.of(value);
      case CALL -> OnCall.Literal.of(OnCall.Direction.valueOf(value));
    };
  }
}
