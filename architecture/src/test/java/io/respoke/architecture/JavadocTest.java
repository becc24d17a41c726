package io.respoke.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That whatever an application can see says what it is. How it says so is the compiler's business:
 * the build runs its documentation checks.
 */
class JavadocTest {
  static List<PublishedModule> published() {
    return Workspace.publishedModules();
  }

  @ParameterizedTest
  @MethodSource("published")
  void whateverAnApplicationCanSeeSaysWhatItIs(PublishedModule module) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (ModuleDescriptor.Exports exports : module.descriptor().exports()) {
      if (!exports.isQualified()) {
        Path directory =
            module.directory().resolve("src/main/java").resolve(exports.source().replace('.', '/'));
        try (Stream<Path> files = Files.list(directory)) {
          files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
        }
      }
    }
    assertEquals(List.of(), undocumented(sources));
  }

  @Test
  void whatIsSilentIsFound(@TempDir Path scratch) throws IOException {
    Path source =
        Files.writeString(
            scratch.resolve("Sample.java"),
            """
            public interface Sample extends Comparable<Sample> {
              int A = 1;
              void told();
              @Override int compareTo(Sample other);
              /** Said. */
              enum Kind { ONE, /** Two. */ TWO; void hidden() {} protected void seen() {} }
              /** Said. */
              class Inner { private Inner() {} protected Inner(int i) {} class Hidden { public void x() {} } }
            }
            """);
    assertEquals(
        List.of("Sample", "A", "told", "ONE", "seen", "Inner"),
        undocumented(List.of(source)).stream()
            .map(line -> line.substring(line.lastIndexOf(' ') + 1))
            .toList());
  }

  private static List<String> undocumented(List<Path> sources) throws IOException {
    if (sources.isEmpty()) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Visible(unit, trees, found).scan(unit, null);
      }
    }
    return found;
  }

  /** Visits what is public or protected, all the way from the top. */
  private static final class Visible extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final DocTrees trees;
    private final List<String> found;

    Visible(CompilationUnitTree unit, DocTrees trees, List<String> found) {
      this.unit = unit;
      this.trees = trees;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (isVisible(type.getModifiers())) {
        check(type.getSimpleName().toString(), type);
        super.visitClass(type, null);
      }
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
      // a constructor without a position of its own is the compiler's
      boolean written = trees.getSourcePositions().getStartPosition(unit, method) >= 0;
      if (isVisible(method.getModifiers()) && !overrides && written) {
        boolean constructor = method.getName().contentEquals("<init>");
        check(
            constructor
                ? ((ClassTree) getCurrentPath().getParentPath().getLeaf())
                    .getSimpleName()
                    .toString()
                : method.getName().toString(),
            method);
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree variable, Void unused) {
      if (isVisible(variable.getModifiers())) {
        check(variable.getName().toString(), variable);
      }
      return null;
    }

    private boolean isVisible(ModifiersTree modifiers) {
      Set<Modifier> flags = modifiers.getFlags();
      TreePath parent = getCurrentPath().getParentPath();
      boolean inInterface =
          parent.getLeaf().getKind() == Tree.Kind.INTERFACE
              || parent.getLeaf().getKind() == Tree.Kind.ANNOTATION_TYPE;
      return inInterface
          ? !flags.contains(Modifier.PRIVATE)
          : flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
    }

    private void check(String name, Tree tree) {
      String comment = trees.getDocComment(getCurrentPath());
      if (comment == null || comment.isBlank()) {
        long line =
            unit.getLineMap()
                .getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
        found.add(Path.of(unit.getSourceFile().getName()).getFileName() + ":" + line + " " + name);
      }
    }
  }
}
