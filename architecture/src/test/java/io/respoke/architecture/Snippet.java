package io.respoke.architecture;

import io.respoke.Respoke;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A block of Java in a document. It is a compilation unit when a type is declared at the start of a
 * line. Otherwise it is statements, which may follow imports of their own and may use:
 *
 * <ul>
 *   <li>{@code client}, {@code group}, {@code endpoint}, {@code options}, {@code admin}, {@code
 *       service}: of the types with these names
 *   <li>{@code baseUrl}, {@code appId}, {@code appSecret}, {@code token}: strings
 *   <li>{@code log}: a {@code System.Logger}
 * </ul>
 *
 * <p>Both may use what is in {@code io.respoke}, {@code io.respoke.event}, the entry types of the
 * service, {@code java.util}, {@code java.util.concurrent}, {@code java.time} and a few more,
 * without importing it.
 */
record Snippet(Path document, int line, String text) {
  private static final String IMPORTS =
      """
      import io.respoke.event.*;
      import io.respoke.console.ConsolePages;
      import io.respoke.service.AppOptions;
      import io.respoke.service.RespokeService;
      import io.respoke.service.ServiceApp;
      import io.respoke.service.ServiceOptions;
      import jakarta.json.*;
      import java.net.URI;
      import java.nio.file.Path;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;
      """;

  private static final String VARIABLES =
      """
        static Client client;
        static Group group;
        static Endpoint endpoint;
        static ClientOptions options;
        static Admin admin;
        static RespokeService service;
        static String baseUrl;
        static String appId;
        static String appSecret;
        static String token;
        static System.Logger log;
      """;

  /** The Java blocks of a document, in order. */
  static List<Snippet> in(Path document) {
    List<Snippet> found = new ArrayList<>();
    StringBuilder block = null;
    int start = 0;
    int number = 0;
    for (String line : Workspace.read(document).lines().toList()) {
      number++;
      if (block == null && line.strip().equals("```java")) {
        block = new StringBuilder();
        start = number;
      } else if (block != null && line.strip().equals("```")) {
        found.add(new Snippet(document, start, block.toString()));
        block = null;
      } else if (block != null) {
        block.append(line).append('\n');
      }
    }
    if (block != null) {
      throw new IllegalArgumentException(document + ":" + start + ": the block does not end");
    }
    return found;
  }

  String compilationUnit() {
    String header = lines("package ") + lines("import ") + api() + IMPORTS;
    String code = text.replaceAll("(?m)^(package|import) .*\\R", "");
    String type = "(?=(?:final |abstract |sealed )*(?:class|interface|record|enum) )";
    if (Workspace.has("^(public )?" + type, code)) {
      // the file is not named after it
      return header + code.replaceAll("(?m)^public " + type, "");
    }
    return header
        + "class Snippet {\n"
        + VARIABLES
        + "  static void run() throws Exception {\n"
        + code
        + "  }\n}\n";
  }

  private String lines(String start) {
    return text.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line + '\n')
        .collect(Collectors.joining());
  }

  /** One by one, so that they win over types of the same name in other packages. */
  private static String api() {
    return new PublishedModule(Workspace.ROOT.resolve("api"), "respoke-api")
        .typesIn(Respoke.class.getPackageName()).stream()
            .filter(Snippet::isPublicAndTopLevel)
            .map(name -> "import " + name + ";\n")
            .collect(Collectors.joining());
  }

  private static boolean isPublicAndTopLevel(String name) {
    try {
      Class<?> type = Class.forName(name, false, Snippet.class.getClassLoader());
      return Modifier.isPublic(type.getModifiers()) && type.getDeclaringClass() == null;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return Workspace.ROOT.relativize(document.toAbsolutePath()) + ":" + line;
  }
}
