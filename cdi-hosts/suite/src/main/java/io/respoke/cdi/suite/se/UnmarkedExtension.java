package io.respoke.cdi.suite.se;

import io.respoke.cdi.compatible.RespokeBuildCompatibleExtension;
import io.respoke.cdi.runtime.Clients;
import io.respoke.cdi.runtime.Lifecycle;
import io.respoke.cdi.runtime.PluginBeans;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.Messages;
import jakarta.enterprise.inject.build.compatible.spi.MetaAnnotations;
import jakarta.enterprise.inject.build.compatible.spi.ObserverInfo;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.inject.build.compatible.spi.Validation;
import java.lang.annotation.Annotation;

/**
 * The build compatible extension without its mark: Weld leaves out what is marked as replaced by a
 * portable extension, wanted or not, and knows declared methods only.
 */
public class UnmarkedExtension extends RespokeBuildCompatibleExtension {
  @Discovery
  @Override
  public void prepare(ScannedClasses classes, MetaAnnotations annotations) {
    super.prepare(classes, annotations);
  }

  @Enhancement(
      types = {Clients.class, PluginBeans.class, Lifecycle.class},
      withAnnotations = Annotation.class)
  @Override
  public void scope(ClassConfig bean) {
    super.scope(bean);
  }

  @Registration(types = Object.class)
  @Override
  public void bean(BeanInfo bean) {
    super.bean(bean);
  }

  @Registration(types = Object.class)
  @Override
  public void observer(ObserverInfo observer) {
    super.observer(observer);
  }

  @Synthesis
  @Override
  public void add(SyntheticComponents components) {
    super.add(components);
  }

  @Validation
  @Override
  public void validate(Messages messages) {
    super.validate(messages);
  }
}
