package io.respoke.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.AppOptions;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import io.respoke.service.StaticPages;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People at work with the console: the flows in {@code web/test/flows.mjs}, in Chromium. */
@Tag("browser")
class ConsoleBrowserTest {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  @ParameterizedTest
  @ValueSource(
      strings = {"keyboard", "work", "tryIt", "webhooks", "looks", "hostile", "session", "foreign"})
  void theFlowGoesThrough(String flow) throws Exception {
    Path node = required("Node", program("node"));
    Path chromium = required("Chromium", chromium());
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Path output = module.resolve("target/console-flows/" + flow + ".txt");
    Files.createDirectories(output.getParent());
    try (RespokeService service =
        RespokeService.start(
            ServiceOptions.builder()
                .noRateLimit()
                .privateWebhooks(true)
                .app(AppOptions.builder().name("shop").developmentMode(true).build())
                .adminUser("root", "correct horse")
                .console(pages())
                .build())) {
      ProcessBuilder builder =
          new ProcessBuilder(node.toString(), "test/flows.mjs", flow)
              .directory(module.resolve("web").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("BASE_URL", service.baseUrl().toString());
      builder.environment().put("APP_ID", service.app().id());
      builder.environment().put("ADMIN_USER", "root");
      builder.environment().put("ADMIN_PASSWORD", "correct horse");
      builder.environment().put("CHROMIUM", chromium.toString());
      builder.environment().put("SCREENSHOTS", module.resolve("target/screenshots").toString());
      Process process = builder.start();
      try {
        assertTrue(process.waitFor(3, TimeUnit.MINUTES), () -> "not done: " + said(output));
        assertEquals(0, process.exitValue(), () -> said(output));
      } finally {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
      }
    }
  }

  private static String said(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The pages; a build that was told to leave them out has nothing to test. */
  static StaticPages pages() {
    if (!ConsolePages.present() && !required()) {
      Assumptions.abort("the pages were left out by -Dconsole.skip");
    }
    return ConsolePages.load();
  }

  private static boolean required() {
    return "1".equals(System.getenv("RESPOKE_REQUIRE_BROWSER"));
  }

  private static Path required(String what, Optional<Path> path) {
    if (path.isEmpty() && !required()) {
      Assumptions.abort(what + " is not installed; `sh verify.sh` says how to get it");
    }
    return path.orElseThrow(() -> new AssertionError(what + " is required and not installed"));
  }

  private static Optional<Path> chromium() {
    String named = System.getenv("CHROMIUM");
    if (named != null && !named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return BROWSERS.stream().map(ConsoleBrowserTest::program).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Path> program(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
