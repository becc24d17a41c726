package io.respoke.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureTest {
  private static final Path DIRECTORY = Workspace.ROOT.resolve("architecture/signatures");
  private static final String UPDATE =
      "mvn -q test -pl architecture -am -Dtest=SignatureTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Drespoke.signatures.update=true";

  static List<PublishedModule> published() {
    return Workspace.publishedModules();
  }

  @ParameterizedTest
  @MethodSource("published")
  void publicSignaturesAreTheOnesThatWereReviewed(PublishedModule module) throws Exception {
    Path file = DIRECTORY.resolve(module.artifactId() + ".txt");
    String now = signatures(module);
    if (Boolean.getBoolean("respoke.signatures.update")) {
      Files.createDirectories(DIRECTORY);
      Files.writeString(file, now);
    }
    String reviewed = Files.exists(file) ? Workspace.read(file) : "";
    Supplier<String> message =
        () ->
            "The public API of "
                + module
                + " changed:\n"
                + difference(reviewed, now)
                + "If that was meant, let the diff of "
                + Workspace.ROOT.relativize(file)
                + " be reviewed, which this writes:\n  "
                + UPDATE
                + "\n";
    assertTrue(reviewed.equals(now), message);
  }

  @Test
  void thereIsAFileForEachPublishedModuleAndNoOther() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      assertEquals(
          published().stream().map(module -> module.artifactId() + ".txt").sorted().toList(),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void theVersionPolicyTellsTheCommand() {
    assertTrue(
        Workspace.read(Workspace.ROOT.resolve("VERSIONING.md")).contains("\n    " + UPDATE + "\n"));
  }

  @Test
  void signaturesShowWhatACallerCompilesAgainst() {
    assertEquals(
        """
        package io.respoke.architecture

        sealed interface SignatureSample<T extends Number> extends Comparable<T> permits SignatureSample.Leaf
          static final int LIMIT = 3
          @Deprecated default @Nullable T first(List<? extends @Nullable T> of, String... more) throws IOException
          void plain(int[] a, Comparator<? super T> order)

        enum SignatureSample.Colour
          RED
          GREEN
          boolean isWarm()

        abstract static class SignatureSample.Inner
          protected new(long id)
          protected final String[] @Nullable [] names

        record SignatureSample.Leaf(@Nullable String text) implements SignatureSample<Integer>
          int compareTo(Integer other)
          void plain(int[] a, Comparator<? super Integer> order)
        """,
        Signatures.of(
            SignatureTest.class.getPackageName(),
            List.of(
                SignatureSample.class,
                SignatureSample.Leaf.class,
                SignatureSample.Colour.class,
                SignatureSample.Inner.class,
                Outside.Hidden.class)));
  }

  private static final class Outside {
    public static final class Hidden {}
  }

  private static String signatures(PublishedModule module) throws Exception {
    StringBuilder text =
        new StringBuilder("# Public signatures of " + module + ". Written by a test:\n");
    text.append("# ").append(UPDATE).append("\n\n");
    ModuleDescriptor descriptor = module.descriptor();
    text.append("module ").append(descriptor.name()).append('\n');
    descriptor.requires().stream()
        .filter(
            requires ->
                requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE))
        .map(requires -> "  requires transitive " + requires.name())
        .sorted()
        .forEach(line -> text.append(line).append('\n'));
    for (String exported :
        descriptor.exports().stream()
            .filter(e -> !e.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .sorted()
            .toList()) {
      List<Class<?>> types = new ArrayList<>();
      for (String type : module.typesIn(exported)) {
        types.add(Class.forName(type, false, SignatureTest.class.getClassLoader()));
      }
      text.append('\n').append(Signatures.of(exported, types));
    }
    return text.toString();
  }

  /** The lines only one of them has. */
  private static String difference(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    StringBuilder text = new StringBuilder();
    old.stream()
        .filter(line -> !now.contains(line))
        .forEach(l -> text.append("- ").append(l).append('\n'));
    now.stream()
        .filter(line -> !old.contains(line))
        .forEach(l -> text.append("+ ").append(l).append('\n'));
    return text.isEmpty() ? "(the order of lines)\n" : text.toString();
  }
}
