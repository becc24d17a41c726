package io.respoke.cdi.health;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * MicroProfile Health, whichever there is. Reached by reflection: its API is an automatic module,
 * which a published module must not require, and most applications run without it.
 */
public final class HealthApi {
  private static final String PACKAGE = "org.eclipse.microprofile.health.";

  private final Class<?> check;
  private final Annotation readiness;
  private final Method response;

  private HealthApi(Class<?> check, Annotation readiness, Method response) {
    this.check = check;
    this.readiness = readiness;
    this.response = response;
  }

  /** The API that the application whose class loader is the context's has. */
  public static Optional<HealthApi> find() {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      loaders.add(context);
    }
    loaders.add(HealthApi.class.getClassLoader());
    return loaders.stream().flatMap(loader -> find(loader).stream()).findFirst();
  }

  private static Optional<HealthApi> find(ClassLoader loader) {
    try {
      Class<?> check = Class.forName(PACKAGE + "HealthCheck", false, loader);
      Class<?> literal = Class.forName(PACKAGE + "Readiness$Literal", true, loader);
      Annotation readiness = (Annotation) literal.getField("INSTANCE").get(null);
      Method response =
          Class.forName(PACKAGE + "HealthCheckResponse", false, loader)
              .getMethod("named", String.class);
      return Optional.of(new HealthApi(check, readiness, response));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** The type of a check. */
  @SuppressWarnings("unchecked") // whatever it is, it is an object
  public Class<Object> checkType() {
    return (Class<Object>) check;
  }

  /** The qualifier of a check of readiness. */
  public Annotation readiness() {
    return readiness;
  }

  /** The check of a client. */
  public Object check(String client, Supplier<ClientHealth> health) {
    String name = client.isEmpty() ? "respoke" : "respoke-" + client;
    return Proxy.newProxyInstance(
        check.getClassLoader(),
        new Class<?>[] {check},
        (proxy, method, arguments) ->
            method.getName().equals("call")
                ? respond(name, health.get())
                : object(proxy, name, method, arguments));
  }

  private static Object object(
      Object proxy, String name, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && arguments[0] == proxy;
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "HealthCheck[" + name + "]";
    };
  }

  private Object respond(String name, ClientHealth health) throws Throwable {
    try {
      Object builder = response.invoke(null, name);
      Class<?> type = response.getReturnType();
      Method withData = type.getMethod("withData", String.class, String.class);
      withData.invoke(builder, "state", health.state().name());
      withData.invoke(builder, "since", health.since().toString());
      type.getMethod("status", boolean.class).invoke(builder, health.ready());
      return type.getMethod("build").invoke(builder);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
