package io.respoke.architecture;

import com.tngtech.archunit.lang.ArchRule;

/**
 * A rule about main code, and code that breaks it: a rule that nothing can break guards nothing.
 *
 * @param rule says what it is in its description
 * @param breach a compilation unit that must be caught
 */
record Rule(ArchRule rule, String breach) {
  /** The name of the class that breaks it. */
  String breachingClass() {
    return Workspace.all("package ([\\w.]+);", breach).get(0)
        + '.'
        + Workspace.all("(?:class|interface) (\\w+)", breach).get(0);
  }

  @Override
  public String toString() {
    return rule.getDescription();
  }
}
