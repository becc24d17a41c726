package io.respoke.architecture;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedModulesTest {
  static List<PublishedModule> published() {
    return Workspace.publishedModules();
  }

  @Test
  void whatIsNotInTheBillOfMaterialsIsNotDeployed() {
    List<String> published = Workspace.billOfMaterials();
    assertAll(
        Workspace.moduleDirectories().stream()
            .map(
                directory ->
                    () ->
                        assertEquals(
                            published.contains(Workspace.artifactId(directory)),
                            !Workspace.skipsDeploy(directory),
                            Workspace.ROOT.relativize(directory)
                                + "/pom.xml: is it published? Then it belongs into bom/pom.xml."
                                + " If not, it sets maven.deploy.skip to true.")));
  }

  @Test
  void theBillOfMaterialsHoldsModulesOfThisBuildOnly() {
    assertEquals(
        published().stream().map(PublishedModule::artifactId).sorted().toList(),
        Workspace.billOfMaterials().stream().sorted().toList());
  }

  @ParameterizedTest
  @MethodSource("published")
  void whatIsPublishedSaysWhatItIs(PublishedModule module) {
    String pom = Workspace.read(module.directory().resolve("pom.xml"));
    assertTrue(pom.contains("<name>"), module + " has no name");
    assertTrue(pom.contains("<description>"), module + " has no description of its own");
  }

  @ParameterizedTest
  @MethodSource("published")
  void theVersionPolicyNamesIt(PublishedModule module) {
    assertTrue(
        Workspace.read(Workspace.ROOT.resolve("VERSIONING.md"))
            .contains('`' + module.artifactId() + '`'),
        "VERSIONING.md says nothing of " + module);
  }

  @ParameterizedTest
  @MethodSource("published")
  void itsModuleIsNamedAfterItsPackagesAndClosed(PublishedModule module) {
    ModuleDescriptor descriptor = module.descriptor();
    assertTrue(!descriptor.isOpen() && !descriptor.isAutomatic(), module + " is open or automatic");
    assertTrue(
        descriptor.name().equals("io.respoke") || descriptor.name().startsWith("io.respoke."));
    for (String name : module.packages()) {
      assertTrue(
          name.equals(descriptor.name()) || name.startsWith(descriptor.name() + '.'),
          name + " is outside the name of its module " + descriptor.name());
    }
  }

  @ParameterizedTest
  @MethodSource("published")
  void itsProvidersAreTheSameOnTheClassPath(PublishedModule module) {
    Map<String, List<String>> provided = new TreeMap<>();
    for (ModuleDescriptor.Provides provides : module.descriptor().provides()) {
      provided.put(provides.service(), provides.providers().stream().sorted().toList());
    }
    Map<String, List<String>> registered = new TreeMap<>();
    for (String service : module.files("META-INF/services")) {
      registered.put(
          service,
          module.lines("META-INF/services/" + service).stream()
              .map(line -> line.replaceAll("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .sorted()
              .toList());
    }
    assertEquals(provided, registered, "provides of module-info against META-INF/services");
  }

  @ParameterizedTest
  @MethodSource("published")
  void everyExportedPackageIsNullMarkedAndDocumented(PublishedModule module) {
    assertAll(
        module.descriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(
                exports ->
                    () -> {
                      String file =
                          Workspace.read(
                              module
                                  .directory()
                                  .resolve("src/main/java")
                                  .resolve(exports.source().replace('.', '/'))
                                  .resolve("package-info.java"));
                      assertTrue(file.contains("@NullMarked"), exports.source());
                      assertTrue(file.startsWith("/**"), exports.source());
                    }));
  }

  @Test
  void noPackageIsInTwoModules() {
    Map<String, PublishedModule> owners = new HashMap<>();
    for (PublishedModule module : published()) {
      for (String name : module.packages()) {
        PublishedModule other = owners.put(name, module);
        assertEquals(null, other, () -> name + " is in " + other + " and in " + module);
      }
    }
  }
}
