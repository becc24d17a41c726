package io.respoke.examples.supportdesk;

import io.respoke.Admin;
import io.respoke.Role;
import io.respoke.RoleRef;
import io.respoke.TokenSpec;
import io.respoke.broker.TokenDecision;
import io.respoke.broker.TokenPolicy;
import io.respoke.broker.TokenQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Says who gets which token. Visitors may write to endpoints and call them, and are in no group: a
 * case is between the desk and its agents. Agents may join the cases.
 */
@ApplicationScoped
public class VisitorPolicy implements TokenPolicy {
  private static final Duration WORKING_DAY = Duration.ofHours(8);
  private static final Role VISITOR = Role.named("visitor").build();
  private static final Role AGENT =
      Role.named("agent").group(People.caseOf("*"), Role.Permission.values()).build();

  @Inject Admin admin;

  @Inject
  @ConfigProperty(name = "desk.agents")
  Optional<List<String>> agents;

  private boolean rolesExist;

  /** Made by the container. */
  public VisitorPolicy() {}

  @Override
  public TokenDecision decide(TokenQuery query) {
    String name = query.principal().getName();
    boolean agent = agents.orElse(List.of()).contains(name);
    String own = agent ? People.agent(name) : People.visitor(name);
    if (!query.endpointId().orElse(own).equals(own)) {
      return TokenDecision.refuse("wants to be somebody else");
    }
    makeRoles();
    RoleRef role = RoleRef.name((agent ? AGENT : VISITOR).name());
    return TokenDecision.grant(new TokenSpec(own, role, WORKING_DAY));
  }

  /** Before the first token: the service may not have been there when this application started. */
  private synchronized void makeRoles() {
    if (!rolesExist) {
      List<String> known =
          admin.roles().toCompletableFuture().join().stream().map(Role::name).toList();
      for (Role role : List.of(VISITOR, AGENT)) {
        if (!known.contains(role.name())) {
          admin.createRole(role).toCompletableFuture().join();
        }
      }
      rolesExist = true;
    }
  }
}
