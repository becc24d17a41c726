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
 * Says which of an application's Respoke clients is meant, where it has more than one.
 *
 * <p>The name is the one the client is configured under. It is part of the qualifier:
 * {@code @RespokeClient("support")} and {@code @RespokeClient("sales")} are different beans, and an
 * observer with one of them sees the events of that client only.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({TYPE, METHOD, FIELD, PARAMETER})
public @interface RespokeClient {
  /** The client's name; empty for the application's default client. */
  String value() default "";

  /** The qualifier as an object, for {@code Instance.select} and {@code Event.select}. */
  final class Literal extends AnnotationLiteral<RespokeClient> implements RespokeClient {
    private static final long serialVersionUID = 1L;

    /** The default client. */
    public static final Literal DEFAULT = new Literal("");

    private final String value;

    private Literal(String value) {
      this.value = value;
    }

    /** The client with this name; empty is the default client. */
    public static Literal of(String name) {
      return new Literal(Objects.requireNonNull(name, "name"));
    }

    @Override
    public String value() {
      return value;
    }
  }
}
