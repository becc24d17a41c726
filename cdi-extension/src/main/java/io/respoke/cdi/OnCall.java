package io.respoke.cdi;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;

/**
 * Narrows an observer to the events of calls and direct connections that one side began. For those
 * with one other side, use {@link FromEndpoint}; both may be given.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({TYPE, METHOD, FIELD, PARAMETER})
public @interface OnCall {
  /** Which calls. */
  Direction value();

  /** Who began a call. */
  enum Direction {
    /** The other side. */
    INCOMING,
    /** This side. */
    OUTGOING
  }

  /** The qualifier as an object. */
  final class Literal extends AnnotationLiteral<OnCall> implements OnCall {
    private static final long serialVersionUID = 1L;

    private final Direction value;

    private Literal(Direction value) {
      this.value = value;
    }

    /** Calls of this direction. */
    public static Literal of(Direction direction) {
      return new Literal(Objects.requireNonNull(direction, "direction"));
    }

    @Override
    public Direction value() {
      return value;
    }
  }
}
