package io.respoke.tyrus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.spi.TransportProvider;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private static final String SERVICE = TransportProvider.class.getName();

  @Test
  void theClassPathAndTheModulePathOfferTheSameProviders() throws Exception {
    ClassLoader loader = TyrusTransportProvider.class.getClassLoader();
    List<String> onClassPath;
    try (var file = loader.getResourceAsStream("META-INF/services/" + SERVICE)) {
      onClassPath =
          new String(file.readAllBytes(), StandardCharsets.UTF_8).strip().lines().toList();
    }
    Path classes =
        Path.of(
            TyrusTransportProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    ModuleDescriptor module =
        ModuleFinder.of(classes).find("io.respoke.tyrus").orElseThrow().descriptor();
    List<String> onModulePath =
        module.provides().stream()
            .filter(provides -> provides.service().equals(SERVICE))
            .flatMap(provides -> provides.providers().stream())
            .toList();

    assertEquals(onClassPath, onModulePath);
    assertEquals(List.of(TyrusTransportProvider.class.getName()), onModulePath);
  }

  @Test
  void theProviderIsFoundUnderItsName() {
    Set<String> names =
        ServiceLoader.load(TransportProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .map(TransportProvider::name)
            .collect(Collectors.toSet());

    assertEquals(Set.of("tyrus"), names);
    assertTrue(new TyrusTransportProvider().isAvailable());
    assertEquals(0, new TyrusTransportProvider().priority());
  }
}
