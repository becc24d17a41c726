package io.respoke.architecture;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.event.RespokeEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages for users claim of the code. */
class PagesTest {
  private static final Path DOCS = Workspace.ROOT.resolve("docs");

  private record Feature(String id, String state, List<String> tests) {}

  private static List<Feature> features() {
    return Workspace.read(DOCS.resolve("features.md"))
        .lines()
        .filter(line -> line.matches("\\| [MEN]\\d+ \\|.*"))
        .map(line -> line.split("\\|", -1))
        .map(
            cells ->
                new Feature(
                    cells[1].strip(), cells[3].strip(), Workspace.all("`([\\w.]+)`", cells[4])))
        .toList();
  }

  @Test
  void everyFeatureIsAccountedForOnce() {
    List<String> expected = new ArrayList<>();
    IntStream.rangeClosed(1, 21).forEach(n -> expected.add("M" + n));
    IntStream.rangeClosed(1, 21).forEach(n -> expected.add("E" + n));
    IntStream.rangeClosed(1, 20).forEach(n -> expected.add("N" + n));
    assertEquals(expected, features().stream().map(Feature::id).toList());
  }

  @Test
  void whatIsDoneNamesTestsThatExist() throws IOException {
    List<String> tests = testClasses();
    assertAll(
        features().stream()
            .map(
                feature ->
                    () -> {
                      assertTrue(
                          Set.of("done", "partly", "later").contains(feature.state()),
                          feature::toString);
                      assertEquals(
                          feature.state().equals("later"), feature.tests().isEmpty(), feature.id());
                      for (String name : feature.tests()) {
                        assertEquals(
                            1,
                            tests.stream().filter(test -> test.endsWith('.' + name)).count(),
                            feature.id() + " names " + name + ", of which there must be one");
                      }
                    }));
  }

  @Test
  void eachThreatNamesTestsThatExist() throws IOException {
    List<String> tests = testClasses();
    List<String> rows =
        Workspace.read(DOCS.resolve("security.md"))
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| threat "))
            .toList();
    assertAll(
        rows.stream()
            .map(
                row ->
                    () -> {
                      List<String> named = Workspace.all("`(\\w+Test)`", row);
                      assertTrue(!named.isEmpty(), row);
                      for (String name : named) {
                        assertEquals(
                            1,
                            tests.stream().filter(test -> test.endsWith('.' + name)).count(),
                            row + " names " + name + ", of which there must be one");
                      }
                    }));
  }

  /** The test classes of all modules, with their packages. */
  private static List<String> testClasses() throws IOException {
    List<String> names = new ArrayList<>();
    for (Path module : Workspace.moduleDirectories()) {
      Path sources = module.resolve("src/test/java");
      if (Files.exists(sources)) {
        try (Stream<Path> files = Files.walk(sources)) {
          files
              .map(file -> sources.relativize(file).toString())
              .filter(name -> name.endsWith("Test.java"))
              .map(name -> name.replace(".java", "").replace(File.separatorChar, '.'))
              .forEach(names::add);
        }
      }
    }
    return names;
  }

  @Test
  void everyEventHasItsPlaceAmongTheOldNames() {
    Set<String> named =
        new TreeSet<>(Workspace.all("`([A-Z]\\w+)`", Workspace.read(DOCS.resolve("events.md"))));
    Set<String> missing =
        events(RespokeEvent.class).map(Class::getSimpleName).collect(Collectors.toSet());
    missing.removeAll(named);
    assertEquals(Set.of(), missing);
  }

  private static Stream<Class<?>> events(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(PagesTest::events)
        : Stream.of(type);
  }
}
