package io.respoke.architecture;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The JDK's compiler. */
final class Compiler {
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

  private Compiler() {}

  /** What it has to complain about, warnings that the options ask for included. */
  static List<String> compile(List<Path> sources, List<String> options) throws IOException {
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    List<String> all = new ArrayList<>(List.of("--release", "17", "-proc:none"));
    all.addAll(options);
    try (StandardJavaFileManager files =
        JAVAC.getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8)) {
      JAVAC
          .getTask(
              new StringWriter(),
              files,
              problems,
              all,
              null,
              files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    return problems.getDiagnostics().stream()
        .map(
            d ->
                (d.getSource() == null ? "" : Path.of(d.getSource().getName()).getFileName() + ":")
                    + d.getLineNumber()
                    + ": "
                    + d.getMessage(Locale.ROOT))
        .toList();
  }
}
