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
 * Narrows an observer to the events of one endpoint: messages it sent, its presence, its joining
 * and leaving of groups, its calls and direct connections.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({TYPE, METHOD, FIELD, PARAMETER})
public @interface FromEndpoint {
  /** The endpoint's id, as the service spells it. */
  String value();

  /** The qualifier as an object. */
  final class Literal extends AnnotationLiteral<FromEndpoint> implements FromEndpoint {
    private static final long serialVersionUID = 1L;

    private final String value;

    private Literal(String value) {
      this.value = value;
    }

    /** The endpoint with this id. */
    public static Literal of(String endpointId) {
      return new Literal(Objects.requireNonNull(endpointId, "endpointId"));
    }

    @Override
    public String value() {
      return value;
    }
  }
}
