/** Respoke clients as CDI beans, and their events as CDI events. */
module io.respoke.cdi {
  requires transitive io.respoke;
  requires transitive jakarta.cdi;
  requires transitive jakarta.inject;
  requires jakarta.annotation;
  requires static java.naming;
  requires static transitive org.jspecify;

  exports io.respoke.cdi;

  // The container makes these beans and calls the extensions by reflection.
  opens io.respoke.cdi.compatible;
  opens io.respoke.cdi.portable;
  opens io.respoke.cdi.runtime;

  provides jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension with
      io.respoke.cdi.compatible.RespokeBuildCompatibleExtension;
  provides jakarta.enterprise.inject.spi.Extension with
      io.respoke.cdi.portable.RespokeExtension;
}
