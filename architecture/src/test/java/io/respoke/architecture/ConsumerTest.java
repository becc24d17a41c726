package io.respoke.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles and runs, for each published module, a small program that uses it with nothing but what
 * its pom brings, as a module and without modules. Each is in a JVM of its own.
 */
@Tag("slow") // JVMs by the dozen
class ConsumerTest {
  private static final Path CONSUMERS = Workspace.ROOT.resolve("architecture/consumers");
  private static final long SECONDS = 60;

  static List<PublishedModule> published() {
    return Workspace.publishedModules();
  }

  @Test
  void thereIsAConsumerForEachPublishedModuleAndNoOther() throws IOException {
    try (Stream<Path> directories = Files.list(CONSUMERS)) {
      assertEquals(
          published().stream().map(PublishedModule::artifactId).sorted().toList(),
          directories.map(directory -> directory.getFileName().toString()).sorted().toList());
    }
  }

  @ParameterizedTest
  @MethodSource("published")
  void itWorksOnTheModulePath(PublishedModule module, @TempDir Path scratch) throws Exception {
    String path = Workspace.joined(dependencies(module));
    Path classes = scratch.resolve("consumer");
    compile(
        List.of(main(module), main(module).resolveSibling("module-info.java")),
        classes,
        "--module-path",
        path);
    assertEquals(
        "ok: module " + module.descriptor().name(),
        run(
            scratch,
            "--module-path",
            Workspace.joined(List.of(classes)) + File.pathSeparator + path,
            "--module",
            "consumer/consumer.Main"));
  }

  @ParameterizedTest
  @MethodSource("published")
  void itWorksOnTheClassPath(PublishedModule module, @TempDir Path scratch) throws Exception {
    String path = Workspace.joined(dependencies(module));
    Path classes = scratch.resolve("consumer");
    compile(List.of(main(module)), classes, "--class-path", path);
    assertEquals(
        "ok: class path",
        run(
            scratch,
            "--class-path",
            Workspace.joined(List.of(classes)) + File.pathSeparator + path,
            "consumer.Main"));
  }

  private static Path main(PublishedModule module) {
    return CONSUMERS.resolve(module.artifactId()).resolve("Main.java");
  }

  /** What its pom brings, and what an application that uses it has besides. */
  private static List<Path> dependencies(PublishedModule module) {
    Set<Path> path = new LinkedHashSet<>(module.runtimeClassPath());
    switch (module.artifactId()) {
      case "respoke-cdi-extension", "respoke-broker" ->
          // from the container
          Workspace.testClassPath().stream()
              .filter(entry -> entry.toString().replace('\\', '/').contains("/jakarta/"))
              .forEach(path::add);
      case "respoke-impl-tyrus" ->
          // somebody to talk to
          published().stream()
              .filter(other -> other.artifactId().equals("respoke-service"))
              .forEach(service -> path.addAll(service.runtimeClassPath()));
      default -> {}
    }
    return List.copyOf(path);
  }

  private static void compile(List<Path> sources, Path classes, String... options)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("-Xlint:all", "-d", classes.toString()));
    all.addAll(List.of(options));
    assertEquals(List.of(), Compiler.compile(sources, all));
  }

  /** Its last line, after it ended well. */
  private static String run(Path scratch, String... arguments) throws Exception {
    Path output = scratch.resolve("output.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(
          process.waitFor(SECONDS, TimeUnit.SECONDS),
          () -> "still running after " + SECONDS + " s: " + Workspace.read(output));
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Workspace.read(output).lines().toList();
    assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }
}
