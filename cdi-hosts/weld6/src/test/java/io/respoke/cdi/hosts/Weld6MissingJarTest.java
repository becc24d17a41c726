package io.respoke.cdi.hosts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.cdi.suite.se.FailedDeployment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Applications that lack a jar. */
class Weld6MissingJarTest {
  private static final Map<String, String> MANUAL =
      Map.of("respoke.baseUrl", "http://127.0.0.1:1", "respoke.connect", "manual");

  @Test
  void withoutATransportTheArtifactToAddIsNamed() throws Exception {
    String said = withoutModules("impl-tyrus");
    assertTrue(said.contains("Cannot make the default client (respoke.*): No transport"), said);
    assertTrue(said.contains("Add io.respoke:respoke-impl-tyrus"), said);
  }

  @Test
  void withoutAnEngineTheArtifactToAddIsNamed() throws Exception {
    String said = withoutModules("impl-tyrus", "core");
    assertTrue(
        said.contains("Cannot make the default client (respoke.*): No Respoke engine"), said);
    assertTrue(said.contains("Add io.respoke:respoke-impl-tyrus"), said);
  }

  private static String withoutModules(String... modules) throws Exception {
    return (String)
        SeparateLoader.run(
                FailedDeployment.class.getName(),
                MANUAL,
                jar -> List.of(modules).stream().noneMatch(module -> isOf(jar, module)))
            .result();
  }

  /** Whether it is a module's jar, or, before that is made, the folder of its classes. */
  private static boolean isOf(String jar, String module) {
    return jar.contains("respoke-" + module + "-")
        || jar.replace('\\', '/').endsWith("/" + module + "/target/classes");
  }
}
