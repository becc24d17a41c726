package io.respoke.architecture;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentsTest {
  static List<Path> documents() {
    return Workspace.documents();
  }

  static Stream<Snippet> snippets() {
    return documents().stream().flatMap(document -> Snippet.in(document).stream());
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void everyJavaSnippetCompiles(Snippet snippet, @TempDir Path scratch) throws Exception {
    Path source = Files.writeString(scratch.resolve("Snippet.java"), snippet.compilationUnit());
    assertEquals(
        List.of(),
        Compiler.compile(
            List.of(source),
            List.of(
                "-Xlint:deprecation,removal,unchecked,rawtypes",
                "-d",
                scratch.toString(),
                "--class-path",
                Workspace.joined(Workspace.testClassPath()))),
        () -> snippet + "\n" + snippet.compilationUnit());
  }

  @Test
  void aSnippetThatDoesNotCompileIsFound(@TempDir Path scratch) throws Exception {
    Path document =
        Files.writeString(
            scratch.resolve("wrong.md"), "Text\n```java\nclient.fly();\n```\nmore text\n");
    List<Snippet> snippets = Snippet.in(document);
    assertEquals(1, snippets.size());
    Path source =
        Files.writeString(scratch.resolve("Snippet.java"), snippets.get(0).compilationUnit());
    List<String> problems =
        Compiler.compile(
            List.of(source),
            List.of(
                "-d",
                scratch.toString(),
                "--class-path",
                Workspace.joined(Workspace.testClassPath())));
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains("fly"), problems::toString);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyRelativeLinkLeadsToAFile(Path document) {
    assertAll(
        Workspace.all("\\]\\(([^)\\s]+)\\)", Workspace.read(document)).stream()
            .filter(link -> !link.matches("[a-z]+:.*|#.*"))
            .map(
                link ->
                    () ->
                        assertTrue(
                            Files.exists(document.resolveSibling(link.replaceAll("#.*", ""))),
                            document.getFileName() + " links to " + link)));
  }
}
