package io.respoke.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .importLocations(
              Workspace.publishedModules().stream().map(PublishedModule::location).toList());

  private static JavaClasses breaches;

  static List<Rule> rules() {
    return Rules.all();
  }

  static Stream<Rule> allRules() {
    return Stream.concat(rules().stream(), Stream.of(Rules.serviceKnowsNoClient()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void mainCodeKeepsTo(Rule rule) {
    rule.rule().check(MAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"respoke-service", "respoke-service-jdbc", "respoke-server", "respoke-console"})
  void theServiceIsTestedWithoutTheClient(String artifactId) {
    Path tests =
        Workspace.publishedModules().stream()
            .filter(module -> module.artifactId().equals(artifactId))
            .findFirst()
            .orElseThrow()
            .testClasses();
    JavaClasses classes = new ClassFileImporter().importPath(tests);
    assertFalse(classes.isEmpty(), tests.toString());
    Rules.serviceKnowsNoClient().rule().check(classes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "service"})
  void packagesKnowEachOtherOneWayOnlyIn(String module, @TempDir Path scratch) throws IOException {
    Rules.noCycles(module).check(MAIN);

    Path left = scratch.resolve("Left.java");
    Path right = scratch.resolve("Right.java");
    String root = "io.respoke." + module;
    Files.writeString(
        left, "package " + root + ".left; public class Left { " + root + ".right.Right right; }");
    Files.writeString(
        right, "package " + root + ".right; public class Right { " + root + ".left.Left left; }");
    assertEquals(
        List.of(), Compiler.compile(List.of(left, right), List.of("-d", scratch.toString())));
    JavaClasses cycle = new ClassFileImporter().importPath(scratch);
    assertThrows(AssertionError.class, () -> Rules.noCycles(module).check(cycle));
  }

  @ParameterizedTest
  @MethodSource("allRules")
  void aBreachIsCaughtOf(Rule rule) {
    JavaClasses breach =
        breaches.that(describe("the breach", type -> type.getName().equals(rule.breachingClass())));
    assertFalse(breach.isEmpty(), rule.breachingClass());
    AssertionError caught = assertThrows(AssertionError.class, () -> rule.rule().check(breach));
    assertTrue(caught.getMessage().contains("was violated"), caught.getMessage());
  }

  @BeforeAll
  static void compileBreaches(@TempDir Path scratch) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Rule rule : allRules().toList()) {
      Path source = scratch.resolve("source/" + rule.breachingClass().replace('.', '/') + ".java");
      Files.createDirectories(source.getParent());
      sources.add(Files.writeString(source, rule.breach()));
    }
    assertEquals(
        List.of(),
        Compiler.compile(
            sources,
            List.of("-d", scratch.toString(), "-cp", Workspace.joined(Workspace.testClassPath()))));
    breaches = new ClassFileImporter().importPath(scratch);
  }
}
