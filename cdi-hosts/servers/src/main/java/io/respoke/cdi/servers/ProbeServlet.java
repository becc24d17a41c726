package io.respoke.cdi.servers;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Answers in lines of text: {@code /id} names this deployment, {@code /suite} runs the suite,
 * {@code /loaders} counts the class loaders of all deployments that are still there, {@code
 * /threads} those of our threads.
 */
@WebServlet("/*")
public class ProbeServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private static final String ID = UUID.randomUUID().toString();

  /** In the JVM, because deployments share nothing else. */
  @SuppressWarnings("unchecked")
  private static final Queue<WeakReference<ClassLoader>> LOADERS =
      (Queue<WeakReference<ClassLoader>>)
          System.getProperties()
              .computeIfAbsent("respoke.probe.loaders", key -> new ConcurrentLinkedQueue<>());

  static {
    LOADERS.add(new WeakReference<>(ProbeServlet.class.getClassLoader()));
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    PrintWriter out = response.getWriter();
    switch (String.valueOf(request.getPathInfo())) {
      case "/id" -> out.println(ID);
      case "/server" -> out.println(getServletContext().getServerInfo());
      case "/suite" -> suite(out);
      case "/loaders" -> {
        System.gc();
        out.println(LOADERS.stream().filter(loader -> loader.get() != null).count());
      }
      case "/threads" ->
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .filter(name -> name.contains("respoke") || name.contains("tyrus"))
              .sorted()
              .forEach(out::println);
      default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private static void suite(PrintWriter out) {
    LauncherDiscoveryRequest tests =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(InServer.class)).build();
    LauncherFactory.create()
        .execute(
            tests,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                boolean successful = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
                if (test.isTest() || !successful) {
                  out.println(
                      (successful ? "ok " : "FAILED ")
                          + test.getDisplayName()
                          + result.getThrowable().map(e -> ": " + e).orElse(""));
                }
              }
            });
  }
}
