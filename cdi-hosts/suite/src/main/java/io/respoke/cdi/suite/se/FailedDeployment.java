package io.respoke.cdi.suite.se;

import java.util.Map;
import java.util.TreeSet;

/** An application that cannot be deployed, in whatever class loader it is in. */
public final class FailedDeployment {
  private FailedDeployment() {}

  /** What the container says, line by line; for calls by reflection. */
  public static String run(Map<String, String> properties) {
    try {
      SeApplication.start(properties, BadInputSuite.Injects.class).close();
      return "it was deployed";
    } catch (RuntimeException e) {
      TreeSet<String> lines = new TreeSet<>();
      for (Throwable at = e; at != null; at = at.getCause()) {
        lines.addAll(String.valueOf(at.getMessage()).lines().toList());
      }
      return String.join(System.lineSeparator(), lines);
    }
  }
}
