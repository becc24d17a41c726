package io.respoke.examples.interop.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Gives each test its browser tabs and Node clients, and takes them away afterwards. The browser
 * and the Node process behind them serve the whole run. When a test fails, all that was said is in
 * {@code target/interop-traces}.
 */
public final class RealClients implements BeforeEachCallback, AfterEachCallback {
  private static final Namespace SHARED = Namespace.create(RealClients.class);
  private static final AtomicInteger TESTS = new AtomicInteger();

  private final Map<String, Driver> drivers = new HashMap<>();
  private final List<BrowserPage> pages = new ArrayList<>();
  private final List<NodeAdmin> admins = new ArrayList<>();
  private final Set<String> tolerated = new HashSet<>();
  private ExtensionContext context;
  private Trace trace;
  private int test;

  @Override
  public void beforeEach(ExtensionContext started) {
    context = started;
    trace = new Trace();
    test = TESTS.incrementAndGet();
  }

  /** A new tab with respoke.js in it; {@code name} tells it from others in traces. */
  public BrowserPage page(String name) {
    return page(name, null);
  }

  /** A new tab at somebody else's page. */
  public BrowserPage page(String name, String url) {
    BrowserPage page = new BrowserPage(driver("browser.mjs"), name + "#" + test, url);
    pages.add(page);
    return page;
  }

  /** A new respoke-admin instance with these constructor options, given as in {@code call}. */
  public NodeAdmin admin(String name, Object... options) {
    NodeAdmin admin = new NodeAdmin(driver("admin.mjs"), name + "#" + test, options);
    admins.add(admin);
    return admin;
  }

  /** An uncaught error with this message in a page does not fail the test. */
  public void tolerate(String message) {
    tolerated.add(message);
  }

  /** The record of this test, for other clients to add to. */
  public Trace trace() {
    return trace;
  }

  private Driver driver(String script) {
    return drivers.computeIfAbsent(
        script,
        key -> {
          Driver driver =
              context
                  .getRoot()
                  .getStore(SHARED)
                  .computeIfAbsent(key, RealClients::start, Driver.class);
          driver.record(trace);
          return driver;
        });
  }

  private static Driver start(String script) {
    Path node = found("Node", Installation.node());
    if (script.equals("browser.mjs")) {
      Path chromium = found("Chromium", Installation.chromium());
      return Driver.start(node, script, Map.of("CHROMIUM", chromium.toString()));
    }
    return Driver.start(node, script, Map.of());
  }

  static Path found(String what, Optional<Path> path) {
    if (path.isEmpty() && !Installation.required()) {
      Assumptions.abort(what + " is not installed; `sh verify.sh` says how to get it");
    }
    return path.orElseThrow(() -> new AssertionError(what + " is required and not installed"));
  }

  @Override
  public void afterEach(ExtensionContext ended) {
    boolean failed = ended.getExecutionException().isPresent();
    List<ClientEvent> errors =
        pages.stream()
            .flatMap(page -> page.rest("page-error").stream())
            .filter(error -> !tolerated.contains(error.text("message")))
            .toList();
    if (failed || !errors.isEmpty()) {
      String name = ended.getRequiredTestClass().getSimpleName() + "." + ended.getDisplayName();
      Path file = Path.of("target/interop-traces", name.replaceAll("[^A-Za-z0-9.]+", "_") + ".txt");
      trace.writeTo(file);
      System.err.println("The trace of " + name + " is in " + file.toAbsolutePath());
    }
    pages.forEach(BrowserPage::close);
    admins.forEach(NodeAdmin::close);
    pages.clear();
    admins.clear();
    drivers.clear();
    tolerated.clear();
    if (!failed) {
      assertEquals(List.of(), errors, "uncaught errors in pages");
    }
  }
}
