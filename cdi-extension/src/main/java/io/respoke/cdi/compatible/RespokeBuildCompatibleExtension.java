package io.respoke.cdi.compatible;

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
import io.respoke.cdi.portable.RespokeExtension;
import io.respoke.cdi.runtime.CallContext;
import io.respoke.cdi.runtime.Clients;
import io.respoke.cdi.runtime.Lifecycle;
import io.respoke.cdi.runtime.PluginBeans;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.InjectionPointInfo;
import jakarta.enterprise.inject.build.compatible.spi.Messages;
import jakarta.enterprise.inject.build.compatible.spi.MetaAnnotations;
import jakarta.enterprise.inject.build.compatible.spi.ObserverInfo;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.SkipIfPortableExtensionPresent;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanBuilder;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.inject.build.compatible.spi.Validation;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.AnnotationMember;
import jakarta.enterprise.lang.model.declarations.DeclarationInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.declarations.ParameterInfo;
import jakarta.enterprise.lang.model.types.Type;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what an application asks for, and adds the beans for it, where extensions run when the
 * application is built. Found by {@code ServiceLoader}; of no use to applications.
 */
@SkipIfPortableExtensionPresent(RespokeExtension.class)
public class RespokeBuildCompatibleExtension implements BuildCompatibleExtension {
  private final ModelBuilder model = new ModelBuilder();

  /** Adds the beans of the library and its qualifiers, which nobody scans. */
  @Discovery
  public void prepare(ScannedClasses classes, MetaAnnotations annotations) {
    for (Class<?> bean : List.of(Clients.class, PluginBeans.class, Lifecycle.class)) {
      classes.add(bean.getName());
    }
    for (Class<? extends Annotation> qualifier :
        List.of(RespokeClient.class, FromEndpoint.class, InGroup.class, OnCall.class)) {
      annotations.addQualifier(qualifier);
    }
    annotations.addContext(CallScoped.class, true, CallContext.class);
  }

  /** Not on the classes: some servers would find them by that, and have them twice. */
  @Enhancement(
      types = {Clients.class, PluginBeans.class, Lifecycle.class},
      withAnnotations = Annotation.class)
  public void scope(ClassConfig bean) {
    bean.addAnnotation(Singleton.class);
  }

  /** Looks at what a bean injects, and whether it is a client itself. */
  @Registration(types = Object.class)
  public void bean(BeanInfo bean) {
    for (InjectionPointInfo point : bean.injectionPoints()) {
      injected(point.type(), client(point.qualifiers()), where(bean, point.declaration()));
    }
    if (bean.scope().name().equals(CallScoped.class.getName())) {
      model.callScoped();
    }
    boolean isClient =
        bean.types().stream().anyMatch(type -> Client.class.getName().equals(name(type)));
    String client = isClient && !bean.isSynthetic() ? client(bean.qualifiers()) : null;
    if (client != null) {
      model.ownBean(client, which(bean));
    }
  }

  private static String which(BeanInfo bean) {
    String declaring = bean.declaringClass().name();
    if (bean.isProducerMethod()) {
      return declaring + '.' + bean.producerMethod().name();
    }
    return bean.isProducerField() ? declaring + '.' + bean.producerField().name() : declaring;
  }

  private static String where(BeanInfo bean, DeclarationInfo declaration) {
    String member =
        declaration.isField()
            ? declaration.asField().name()
            : declaration.isParameter() ? declaration.asParameter().declaringMethod().name() : "";
    return bean.declaringClass().name() + '.' + member;
  }

  private void injected(Type type, @Nullable String client, String where) {
    String name = name(type);
    if (type.isParameterizedType()
        && (Instance.class.getName().equals(name) || Provider.class.getName().equals(name))) {
      name = name(type.asParameterizedType().typeArguments().get(0));
    }
    if (client != null && Client.class.getName().equals(name)) {
      model.client(client, where);
    } else if (client != null && Admin.class.getName().equals(name)) {
      model.admin(client, where);
    }
  }

  /** The class of a type; {@code null} for what has none. */
  private static @Nullable String name(Type type) {
    if (type.isClass()) {
      return type.asClass().declaration().name();
    }
    return type.isParameterizedType() ? type.asParameterizedType().declaration().name() : null;
  }

  /** The client that qualifiers mean; {@code null} when they mean none. */
  private static @Nullable String client(Collection<AnnotationInfo> qualifiers) {
    boolean unqualified = true;
    for (AnnotationInfo qualifier : qualifiers) {
      if (qualifier.name().equals(RespokeClient.class.getName())) {
        return text(qualifier);
      }
      if (qualifier.name().equals(Default.class.getName())) {
        return "";
      }
      unqualified = false;
    }
    return unqualified ? "" : null;
  }

  private static String text(AnnotationInfo annotation) {
    AnnotationMember value = annotation.value();
    return value == null ? "" : value.asString();
  }

  /** Looks at what an observer observes, and what is injected into it. */
  @Registration(types = Object.class)
  public void observer(ObserverInfo observer) {
    MethodInfo method = observer.isSynthetic() ? null : observer.observerMethod();
    String where = observer.declaringClass().name() + (method == null ? "" : '.' + method.name());
    if (method != null) {
      for (ParameterInfo parameter : method.parameters()) {
        if (!parameter.hasAnnotation(Observes.class)
            && !parameter.hasAnnotation(ObservesAsync.class)) {
          injected(parameter.type(), client(parameter.annotations()), where);
        }
      }
    }
    String type = name(observer.eventType());
    if (type != null) {
      model.observer(spec(type, observer.qualifiers(), where));
    }
  }

  private static ObserverSpec spec(
      String type, Collection<AnnotationInfo> qualifiers, String where) {
    Optional<String> client = Optional.empty();
    Set<Narrowing> narrowings = new LinkedHashSet<>();
    for (AnnotationInfo qualifier : qualifiers) {
      String name = qualifier.name();
      if (name.equals(RespokeClient.class.getName())) {
        client = Optional.of(text(qualifier));
      } else if (name.equals(FromEndpoint.class.getName())) {
        narrowings.add(new Narrowing(Narrowing.Kind.ENDPOINT, text(qualifier)));
      } else if (name.equals(InGroup.class.getName())) {
        narrowings.add(new Narrowing(Narrowing.Kind.GROUP, text(qualifier)));
      } else if (name.equals(OnCall.class.getName())) {
        narrowings.add(new Narrowing(Narrowing.Kind.CALL, qualifier.value().asEnumConstant()));
      }
    }
    return new ObserverSpec(type, client, narrowings, where);
  }

  /** Adds the clients. */
  @Synthesis
  public void add(SyntheticComponents components) {
    ApplicationModel application = model.build();
    if (application.ownBeans().values().stream().anyMatch(beans -> beans.size() > 1)) {
      // The container would tell of the ambiguity first, in words of its own.
      throw new DefinitionException(String.join(System.lineSeparator(), application.problems()));
    }
    components
        .addBean(ApplicationModel.class)
        .type(ApplicationModel.class)
        .scope(Singleton.class)
        .withParam(ModelCreator.MODEL, model.encode())
        .createWith(ModelCreator.class);
    Set<String> names = new TreeSet<>(application.namedClients());
    if (application.observesAll() && !application.ownBeans().containsKey("")) {
      names.add("");
    }
    for (String name : names) {
      qualify(components.addBean(Client.class).type(Client.class), name)
          .createWith(ClientCreator.class);
    }
    for (String name : application.admins().keySet()) {
      qualify(components.addBean(Admin.class).type(Admin.class), name)
          .createWith(AdminCreator.class);
    }
    HealthApi.find().ifPresent(health -> addChecks(components, application, health));
  }

  private static void addChecks(
      SyntheticComponents components, ApplicationModel application, HealthApi health) {
    for (String name : Configuration.present(application).clientsOf(application)) {
      components
          .addBean(health.checkType())
          .type(health.checkType())
          .qualifier(health.readiness())
          .qualifier(RespokeClient.Literal.of(name)) // else Weld takes them for one bean
          .qualifier(Any.Literal.INSTANCE)
          .scope(Singleton.class)
          .withParam(ClientCreator.NAME, name)
          .createWith(HealthCheckCreator.class);
    }
  }

  private static <T> SyntheticBeanBuilder<T> qualify(SyntheticBeanBuilder<T> bean, String name) {
    if (name.isEmpty()) {
      bean.qualifier(Default.Literal.INSTANCE);
    }
    return bean.qualifier(Any.Literal.INSTANCE)
        .qualifier(RespokeClient.Literal.of(name))
        .scope(ApplicationScoped.class)
        .withParam(ClientCreator.NAME, name);
  }

  /** Tells what cannot work, whatever the configuration will say. */
  @Validation
  public void validate(Messages messages) {
    model.build().problems().forEach(messages::error);
  }
}
