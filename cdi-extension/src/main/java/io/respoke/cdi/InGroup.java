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
 * Narrows an observer to the events of one group: messages published to it, members that come and
 * go, and this client's own joining and leaving.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({TYPE, METHOD, FIELD, PARAMETER})
public @interface InGroup {
  /** The group's id. */
  String value();

  /** The qualifier as an object. */
  final class Literal extends AnnotationLiteral<InGroup> implements InGroup {
    private static final long serialVersionUID = 1L;

    private final String value;

    private Literal(String value) {
      this.value = value;
    }

    /** The group with this id. */
    public static Literal of(String groupId) {
      return new Literal(Objects.requireNonNull(groupId, "groupId"));
    }

    @Override
    public String value() {
      return value;
    }
  }
}
