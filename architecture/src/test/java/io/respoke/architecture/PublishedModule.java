package io.respoke.architecture;

import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A module that is published, as this build has made it: a jar, or classes when not packaged. */
record PublishedModule(Path directory, String artifactId) {
  /** Its jar or its classes, whichever this build uses. */
  Path artifact() {
    Path target = directory.resolve("target");
    return Workspace.testClassPath().stream()
        .filter(entry -> entry.startsWith(target))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    artifactId + " is published, but architecture/pom.xml does not depend on it"));
  }

  /** The same for ArchUnit, which takes the path of a jar for an empty folder. */
  Location location() {
    Path artifact = artifact();
    return Files.isDirectory(artifact)
        ? Location.of(artifact)
        : Location.of(URI.create("jar:" + artifact.toUri() + "!/"));
  }

  /** What its pom brings to run with, itself first. */
  List<Path> runtimeClassPath() {
    Path list = directory.resolve("target/runtime-classpath.txt");
    if (!Files.exists(list)) {
      throw new IllegalStateException(
          list + " is missing: build with `mvn verify -pl architecture -am`");
    }
    List<Path> entries = new ArrayList<>();
    entries.add(artifact());
    entries.addAll(Workspace.paths(Workspace.read(list)));
    return entries;
  }

  /** Its test classes. */
  Path testClasses() {
    return directory.resolve("target/test-classes");
  }

  ModuleDescriptor descriptor() {
    return inArtifact(
        root -> {
          try (InputStream in = Files.newInputStream(root.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in, () -> packages(root));
          } catch (IOException e) {
            throw new UncheckedIOException(artifactId + " has no module descriptor", e);
          }
        });
  }

  /** The packages with classes in it. */
  Set<String> packages() {
    return inArtifact(PublishedModule::packages);
  }

  /** The names of its types, nested ones included, in a package. */
  List<String> typesIn(String packageName) {
    return inArtifact(
        root -> {
          try (Stream<Path> files = Files.list(root.resolve(packageName.replace('.', '/')))) {
            return files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                .map(name -> packageName + '.' + name.substring(0, name.length() - 6))
                .sorted()
                .toList();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Lines of a file in it; none when there is no such file. */
  List<String> lines(String name) {
    return inArtifact(
        root -> {
          Path file = root.resolve(name);
          return Files.exists(file) ? Workspace.read(file).lines().toList() : List.<String>of();
        });
  }

  /** The names of the files directly in one of its directories; none when there is none. */
  List<String> files(String directoryName) {
    return inArtifact(
        root -> {
          Path dir = root.resolve(directoryName);
          if (!Files.isDirectory(dir)) {
            return List.<String>of();
          }
          try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Set<String> packages(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".class") && !file.getParent().equals(root))
          .map(file -> root.relativize(file.getParent()).toString().replaceAll("[/\\\\]", "."))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T inArtifact(Function<Path, T> read) {
    Path artifact = artifact();
    if (Files.isDirectory(artifact)) {
      return read.apply(artifact);
    }
    try (FileSystem jar = FileSystems.newFileSystem(artifact)) {
      return read.apply(jar.getPath("/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return artifactId;
  }
}
