package io.respoke.architecture;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project as it lies on disk. */
final class Workspace {
  static final Path ROOT = root();

  private Workspace() {}

  private static Path root() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.exists(p.resolve("bom/pom.xml"))) {
        return p;
      }
    }
    throw new IllegalStateException("Not inside the project: " + Path.of("").toAbsolutePath());
  }

  /** The directories of all modules of the build, the bill of materials apart. */
  static List<Path> moduleDirectories() {
    return all("<module>([^<]+)</module>", read(ROOT.resolve("pom.xml"))).stream()
        .filter(name -> !name.equals("bom"))
        .map(ROOT::resolve)
        .toList();
  }

  /** The modules in the bill of materials. */
  static List<PublishedModule> publishedModules() {
    List<String> published = billOfMaterials();
    return moduleDirectories().stream()
        .map(directory -> new PublishedModule(directory, artifactId(directory)))
        .filter(module -> published.contains(module.artifactId()))
        .toList();
  }

  static boolean skipsDeploy(Path module) {
    return read(module.resolve("pom.xml")).contains("<maven.deploy.skip>true</maven.deploy.skip>");
  }

  static String artifactId(Path module) {
    String pom = read(module.resolve("pom.xml"));
    return all("<artifactId>([^<]+)</artifactId>", pom.substring(pom.indexOf("</parent>"))).get(0);
  }

  /** The artifacts in the bill of materials. */
  static List<String> billOfMaterials() {
    String pom = read(ROOT.resolve("bom/pom.xml"));
    return all(
        "<artifactId>([^<]+)</artifactId>",
        pom.substring(pom.indexOf("<dependencyManagement>"), pom.indexOf("<build>")));
  }

  /** What this module's tests run on. */
  static List<Path> testClassPath() {
    return paths(System.getProperty("java.class.path"));
  }

  static List<Path> paths(String joined) {
    return Stream.of(joined.strip().split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .toList();
  }

  static String joined(List<Path> paths) {
    return String.join(File.pathSeparator, paths.stream().map(Path::toString).toList());
  }

  /** The Markdown files that people read. */
  static List<Path> documents() {
    List<Path> found = new ArrayList<>();
    for (Path directory : List.of(ROOT, ROOT.resolve("docs"))) {
      try (Stream<Path> files = Files.list(directory)) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> all(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(r -> r.group(1)).toList();
  }

  static boolean has(String regex, String text) {
    Matcher matcher = Pattern.compile(regex, Pattern.MULTILINE).matcher(text);
    return matcher.find();
  }
}
