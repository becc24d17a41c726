package io.respoke.examples.supportdesk;

import java.util.Optional;

/** How those who log in are named as endpoints, and which group is a visitor's case. */
final class People {
  static final String DESK = "desk";
  private static final String VISITOR = "visitor-";
  private static final String AGENT = "agent-";
  private static final String CASE = "case-";

  private People() {}

  /** Whether a name can be part of an endpoint's id, and of a file's name. */
  static boolean isName(String name) {
    return name.matches("[a-z][a-z0-9]{0,19}");
  }

  static String visitor(String name) {
    return VISITOR + name;
  }

  static String agent(String name) {
    return AGENT + name;
  }

  static String caseOf(String visitor) {
    return CASE + visitor;
  }

  /** The visitor behind an endpoint; empty if it is none. */
  static Optional<String> visitorNamed(String endpointId) {
    return after(VISITOR, endpointId);
  }

  static boolean isAgent(String endpointId) {
    return after(AGENT, endpointId).isPresent();
  }

  /** The visitor of a case; empty if the group is none. */
  static Optional<String> visitorOf(String groupId) {
    return after(CASE, groupId);
  }

  /** What to call an endpoint in a conversation. */
  static String called(String endpointId) {
    return after(VISITOR, endpointId).or(() -> after(AGENT, endpointId)).orElse(endpointId);
  }

  private static Optional<String> after(String prefix, String id) {
    return Optional.of(id)
        .filter(whole -> whole.startsWith(prefix))
        .map(whole -> whole.substring(prefix.length()))
        .filter(People::isName);
  }
}
