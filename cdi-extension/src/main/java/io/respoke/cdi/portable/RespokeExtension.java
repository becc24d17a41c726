package io.respoke.cdi.portable;

import io.respoke.Admin;
import io.respoke.Client;
import io.respoke.cdi.CallScoped;
import io.respoke.cdi.FromEndpoint;
import io.respoke.cdi.InGroup;
import io.respoke.cdi.OnCall;
import io.respoke.cdi.RespokeClient;
import io.respoke.cdi.config.Configuration;
import io.respoke.cdi.health.HealthApi;
import io.respoke.cdi.model.ApplicationModel;
import io.respoke.cdi.model.ModelBuilder;
import io.respoke.cdi.model.Narrowing;
import io.respoke.cdi.model.ObserverSpec;
import io.respoke.cdi.runtime.CallContext;
import io.respoke.cdi.runtime.Clients;
import io.respoke.cdi.runtime.Lifecycle;
import io.respoke.cdi.runtime.PluginBeans;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessProducerField;
import jakarta.enterprise.inject.spi.ProcessProducerMethod;
import jakarta.enterprise.inject.spi.ProcessSyntheticBean;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what an application asks for, and adds the beans for it. Found by {@code ServiceLoader};
 * of no use to applications.
 */
public class RespokeExtension implements Extension {
  private static final class One extends AnnotationLiteral<Singleton> implements Singleton {
    private static final long serialVersionUID = 1L;
  }

  private final ModelBuilder model = new ModelBuilder();
  private @Nullable Clients deployed;

  void prepare(@Observes BeforeBeanDiscovery event) {
    for (Class<?> bean : List.of(Clients.class, PluginBeans.class, Lifecycle.class)) {
      // Not on the class: some servers would find it by that, and have it twice.
      event.addAnnotatedType(bean, bean.getName()).add(new One());
    }
    for (Class<? extends Annotation> qualifier :
        List.of(RespokeClient.class, FromEndpoint.class, InGroup.class, OnCall.class)) {
      event.addQualifier(qualifier);
    }
    event.addScope(CallScoped.class, true, false);
  }

  void injected(@Observes ProcessInjectionPoint<?, ?> event) {
    InjectionPoint point = event.getInjectionPoint();
    Type type = point.getType();
    if (type instanceof ParameterizedType wrapper
        && (wrapper.getRawType() == Instance.class || wrapper.getRawType() == Provider.class)) {
      type = wrapper.getActualTypeArguments()[0];
    }
    if (type != Client.class && type != Admin.class) {
      return;
    }
    String name = client(point.getQualifiers());
    if (name != null) {
      String where = where(point);
      if (type == Client.class) {
        model.client(name, where);
      } else {
        model.admin(name, where);
      }
    }
  }

  private static String where(InjectionPoint point) {
    return point.getMember().getDeclaringClass().getName()
        + '.'
        + point.getMember().getName().replaceAll(".*[.$]", "");
  }

  void observed(@Observes ProcessObserverMethod<?, ?> event) {
    Set<Narrowing> narrowings = new LinkedHashSet<>();
    Optional<String> client = Optional.empty();
    for (Annotation qualifier : event.getObserverMethod().getObservedQualifiers()) {
      if (qualifier instanceof RespokeClient named) {
        client = Optional.of(named.value());
      } else if (qualifier instanceof FromEndpoint from) {
        narrowings.add(new Narrowing(Narrowing.Kind.ENDPOINT, from.value()));
      } else if (qualifier instanceof InGroup in) {
        narrowings.add(new Narrowing(Narrowing.Kind.GROUP, in.value()));
      } else if (qualifier instanceof OnCall on) {
        narrowings.add(new Narrowing(Narrowing.Kind.CALL, on.value().name()));
      }
    }
    Type type = event.getObserverMethod().getObservedType();
    String typeName = type instanceof Class<?> plain ? plain.getName() : type.getTypeName();
    String where =
        event.getObserverMethod().getBeanClass().getName()
            + (event.getAnnotatedMethod() == null
                ? ""
                : '.' + event.getAnnotatedMethod().getJavaMember().getName());
    model.observer(new ObserverSpec(typeName, client, narrowings, where));
  }

  void bean(@Observes ProcessBean<?> event) {
    if (event.getBean().getScope() == CallScoped.class) {
      model.callScoped();
    }
    if (event instanceof ProcessSyntheticBean
        || !event.getBean().getTypes().contains(Client.class)) {
      return;
    }
    String name = client(event.getBean().getQualifiers());
    if (name != null) {
      model.ownBean(name, which(event));
    }
  }

  private static String which(ProcessBean<?> event) {
    String declaring = event.getBean().getBeanClass().getName();
    if (event instanceof ProcessProducerMethod<?, ?> method) {
      return declaring + '.' + method.getAnnotatedProducerMethod().getJavaMember().getName();
    } else if (event instanceof ProcessProducerField<?, ?> field) {
      return declaring + '.' + field.getAnnotatedProducerField().getJavaMember().getName();
    }
    return declaring;
  }

  /** The client that qualifiers mean; {@code null} when they mean none. */
  private static @Nullable String client(Set<Annotation> qualifiers) {
    boolean unqualified = true;
    for (Annotation qualifier : qualifiers) {
      if (qualifier instanceof RespokeClient named) {
        return named.value();
      }
      unqualified &= qualifier instanceof Default;
    }
    return unqualified || qualifiers.contains(Default.Literal.INSTANCE) ? "" : null;
  }

  void add(@Observes AfterBeanDiscovery event, BeanManager manager) {
    ApplicationModel application = model.build();
    event.addContext(new CallContext());
    event
        .<ApplicationModel>addBean()
        .id("respoke:model")
        .types(ApplicationModel.class, Object.class)
        .qualifiers(Default.Literal.INSTANCE, Any.Literal.INSTANCE)
        .scope(Singleton.class)
        .produceWith(lookup -> application);
    Set<String> names = new TreeSet<>(application.namedClients());
    if (application.observesAll() && !application.ownBeans().containsKey("")) {
      names.add("");
    }
    for (String name : names) {
      event
          .<Client>addBean()
          .id("respoke:client:" + name)
          .types(Client.class, Object.class)
          .qualifiers(qualifiers(name))
          .scope(ApplicationScoped.class)
          .produceWith(lookup -> clients(manager).client(name));
    }
    for (String name : application.admins().keySet()) {
      event
          .<Admin>addBean()
          .id("respoke:admin:" + name)
          .types(Admin.class, Object.class)
          .qualifiers(qualifiers(name))
          .scope(ApplicationScoped.class)
          .produceWith(lookup -> clients(manager).admin(name));
    }
    HealthApi.find().ifPresent(health -> addChecks(event, manager, application, health));
    if (application.ownBeans().values().stream().anyMatch(beans -> beans.size() > 1)) {
      // The container would tell of the ambiguity first, in words of its own.
      application.problems().forEach(p -> event.addDefinitionError(new DefinitionException(p)));
    }
  }

  private static void addChecks(
      AfterBeanDiscovery event,
      BeanManager manager,
      ApplicationModel application,
      HealthApi health) {
    for (String name : Configuration.present(application).clientsOf(application)) {
      event
          .addBean()
          .id("respoke:health:" + name)
          .types(health.checkType(), Object.class)
          .qualifiers(health.readiness(), RespokeClient.Literal.of(name), Any.Literal.INSTANCE)
          .scope(Singleton.class)
          .produceWith(lookup -> health.check(name, () -> clients(manager).health(name)));
    }
  }

  private static Annotation[] qualifiers(String name) {
    RespokeClient client = RespokeClient.Literal.of(name);
    return name.isEmpty()
        ? new Annotation[] {Default.Literal.INSTANCE, Any.Literal.INSTANCE, client}
        : new Annotation[] {Any.Literal.INSTANCE, client};
  }

  // Not through the lookup of the bean: in OpenWebBeans that inherits the bean's qualifiers.
  private static Clients clients(BeanManager manager) {
    return manager.createInstance().select(Clients.class).get();
  }

  void validate(@Observes AfterDeploymentValidation event, BeanManager manager) {
    deployed = clients(manager);
    for (String problem : deployed.deploy()) {
      event.addDeploymentProblem(new DeploymentException(problem));
    }
  }

  // Containers that do not fire Shutdown, or fail before Startup, have this. Beans may be gone.
  void stop(@Observes BeforeShutdown event) {
    Clients clients = deployed;
    deployed = null;
    if (clients != null) {
      clients.stop();
    }
  }
}
