package io.respoke.cdi;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;

import jakarta.enterprise.context.NormalScope;
import java.lang.annotation.Documented;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scope of one call or direct connection, whoever began it. It is active in every observer of
 * an event of that call, asynchronous ones included, and nowhere else: not in listeners, nor in
 * what continues a stage.
 *
 * <p>A bean of this scope is made when it is first used in a call, once, and shared by all
 * observers of that call, which may be on different threads at a time. It is destroyed once, after
 * the last observer was told of the end of the call, or when the application stops before.
 */
@NormalScope
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({TYPE, METHOD, FIELD})
public @interface CallScoped {}
