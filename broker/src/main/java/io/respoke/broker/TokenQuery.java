package io.respoke.broker;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A request for a token by an authenticated caller.
 *
 * @param principal who asks, as the container has authenticated it; its name is not blank. With
 *     MicroProfile JWT it is the {@code JsonWebToken}
 * @param roles whether the container knows the caller in a role; only during the request
 * @param fields the text fields of the form or the JSON object: what the caller asks for, unchecked
 */
public record TokenQuery(Principal principal, Predicate<String> roles, Map<String, String> fields) {
  /** Copies the fields. */
  public TokenQuery {
    fields = Map.copyOf(fields);
  }

  /** Who the caller wants to be; empty to leave it to the policy. */
  public Optional<String> endpointId() {
    return Optional.ofNullable(fields.get("endpointId")).filter(id -> !id.isBlank());
  }

  /** Whether the container knows the caller in a role. */
  public boolean isInRole(String role) {
    return roles.test(role);
  }

  /** Without the fields, which may hold anything. */
  @Override
  public String toString() {
    return "TokenQuery[principal=" + principal.getName() + "]";
  }
}
